#include "mail/sender/down.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"

#include <string.h>

static const struct {
    const char *name, *sentence;
} stages[STAGE_COUNT] = {
    [STAGE_ACCEPTS] = {N_IN_("stage", "accepts"), N_("accepted the message")},
    [STAGE_REFUSED] = {N_IN_("stage", "refused"), N_("refused the connection")},
    [STAGE_TIMEOUT] = {N_IN_("stage", "timeout"), N_("did not answer")},
    [STAGE_GREETING4] = {"greeting4", N_("greeted with 421, try later")},
    [STAGE_GREETING5] = {"greeting5", N_("greeted with 554, no service")},
    [STAGE_EHLO4] = {"ehlo4", N_("answered EHLO and HELO with 450")},
    [STAGE_EHLO5] = {"ehlo5", N_("answered EHLO and HELO with 550")},
    [STAGE_NO_STARTTLS] = {"no-starttls", N_("did not offer STARTTLS")},
    [STAGE_STARTTLS4] = {"starttls4", N_("answered STARTTLS with 454")},
    [STAGE_STARTTLS5] = {"starttls5", N_("answered STARTTLS with 502")},
    [STAGE_TLS] = {"tls", N_("failed in the TLS handshake")},
    [STAGE_TLS_DROP] = {"tls-drop", N_("hung up right after the TLS handshake")},
    [STAGE_EXPIRED] = {"expired", N_("showed a certificate that has expired")},
    [STAGE_BADNAME] = {"badname", N_("showed a certificate of another name")},
    [STAGE_TLSA] = {"tlsa", N_("showed a certificate that no TLSA record matches")},
    [STAGE_MAIL4] = {"mail4", N_("answered MAIL with 451")},
    [STAGE_RCPT4] = {"rcpt4", N_("answered RCPT with 450")},
    [STAGE_RCPT5] = {"rcpt5", N_("answered RCPT with 550, no such user")},
    [STAGE_DATA4] = {"data4", N_("answered DATA with 451")},
};

bool stage_is_tls(enum stage stage)
{
    return stage >= STAGE_NO_STARTTLS && stage <= STAGE_TLSA;
}

const char *stage_text(enum stage stage)
{
    return stages[stage].name;
}

const char *stage_word(enum stage stage)
{
    return tr_in("stage", stages[stage].name);
}

const char *stage_sentence(enum stage stage)
{
    return tr(stages[stage].sentence);
}

bool stage_parse(const char *text, enum stage *stage)
{
    for (int i = 0; i < STAGE_COUNT; i++)
        if (strcmp(stages[i].name, text) == 0) {
            *stage = (enum stage)i;
            return true;
        }
    return false;
}

/* "90", "30m", "6h", "2d": a bare number is seconds. Moves *text behind it. */
static bool read_duration(const char **text, int64_t *seconds)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
    const char *start = *text;
    int64_t number = 0;

    while (**text >= '0' && **text <= '9' && *text - start < 9)
        number = number * 10 + (*(*text)++ - '0');
    if (*text == start)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (**text == units[i].unit) {
            number *= units[i].seconds;
            ++*text;
            break;
        }
    *seconds = number;
    return true;
}

/* "0h-6h" */
static bool read_interval(const char *text, struct down *down)
{
    down->bounded = true;
    return read_duration(&text, &down->from) && *text++ == '-' &&
           read_duration(&text, &down->until) && *text == '\0' && down->from < down->until;
}

static enum status read_host(const char *text, struct down *down, const char **why)
{
    char name[NAME_TEXT];
    enum status status;

    down->all = strcmp(text, "*") == 0;
    if (down->all || address_parse(text, &down->address))
        return STATUS_OK;
    status = name_canonical(text, name, why);
    if (status == STATUS_OK)
        down->host = memory_dup(name);
    return status;
}

enum status down_read(char *text, struct down *down, const char **why)
{
    char *interval = strchr(text, '@'), *stage;

    if (interval)
        *interval++ = '\0';
    stage = strchr(text, '=');
    if (stage)
        *stage++ = '\0';
    *down = (struct down){.stage = STAGE_REFUSED};
    if (stage && (!stage_parse(stage, &down->stage) || down->stage == STAGE_ACCEPTS)) {
        *why = tr("stages are: refused timeout greeting4 greeting5 ehlo4 ehlo5 no-starttls "
                  "starttls4 starttls5 tls tls-drop expired badname tlsa mail4 rcpt4 rcpt5 data4");
        return STATUS_RANGE;
    }
    if (interval && !read_interval(interval, down)) {
        *why = tr("an outage is written HOST@FROM-UNTIL, as in mx1.example.com@0h-6h");
        return STATUS_SYNTAX;
    }
    return read_host(text, down, why);
}

bool down_is_of(const struct down *down, const char *host, const struct address *address)
{
    if (address->family)
        return address_equal(&down->address, address);
    return down->host && strcmp(down->host, host) == 0;
}

int down_closeness(const struct down *down, const char *host, const char *alias_of,
                   const struct address *address)
{
    if (down->all)
        return 1;
    if (down->host)
        return strcmp(down->host, host) == 0 || (alias_of && strcmp(down->host, alias_of) == 0) ? 2
                                                                                                : 0;
    return address_equal(&down->address, address) ? 3 : 0;
}
