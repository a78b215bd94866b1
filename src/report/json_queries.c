/* Every question asked and what came of it, by far the most of a report. */
#include "base/utf8.h"
#include "dns/formats/edns.h"
#include "dns/idn.h"
#include "dns/type.h"
#include "report/json_parts.h"
#include "report/json_print.h"
#include "report/json_value.h"

#include <string.h>

static void print_text(const char *member, const char *text, struct text *out)
{
    text_add(out, member);
    json_print_text(text, out);
}

/* Text that may not be UTF-8. */
static void print_any(const char *text, struct text *out)
{
    json_t *value;

    if (utf8_valid(text, strlen(text))) {
        json_print_text(text, out);
        return;
    }
    value = json_text(text);
    json_print(value, out);
    json_decref(value);
}

static void print_bool(const char *member, bool value, struct text *out)
{
    text_add(out, member);
    text_add(out, value ? "true" : "false");
}

static void print_number(const char *member, unsigned value, struct text *out)
{
    text_add(out, member);
    text_add_number(out, value);
}

static void print_name(const char *name, struct text *out)
{
    struct text unicode = {0};

    print_text("{\"qname\":", name, out);
    if (strstr(name, "xn--") && idn_to_unicode(name, &unicode))
        print_text(",\"qname_u\":", text_get(&unicode), out);
    text_clear(&unicode);
}

/* Whom it was asked, when not the configured resolvers. */
static void print_asked(const struct question *question, struct text *out)
{
    struct text text = {0};

    text_add(out, ",\"to\":");
    if (!question->server.family) {
        text_add(out, "null");
        return;
    }
    question_print_server(question, &text);
    print_any(text_get(&text), out);
    text_clear(&text);
}

/* Does the response say more than its status? */
static bool says_more(const struct reply *reply)
{
    return reply->answer.count || reply->question.flags || reply->question.server.family ||
           reply->question.type == TYPE_SOA;
}

/* The octets of the response in hexadecimal, as RFC 8427 2.1 has them; its ID as 0, so that the
 * same answers are the same report. */
static void print_message(const struct reply *reply, struct text *out)
{
    size_t id = reply->wire.length < 2 ? reply->wire.length : 2;

    if (!reply->wire.length || !says_more(reply))
        return;
    text_add(out, ",\"message\":\"");
    text_add_hex(out, "\0", id);
    text_add_hex(out, reply->wire.bytes + id, reply->wire.length - id);
    text_add_char(out, '"');
}

/* What the server says beside the answer, if anything: "EDE 6 DNSSEC bogus". */
static void print_options(const struct reply *reply, struct text *out)
{
    struct edns edns;
    struct edns_option option;
    bool any = false;

    if (reply->optionless)
        return;
    for (bool some = edns_read(&reply->wire, &edns); some && edns_next(&edns, &option);) {
        struct text text = {0};
        edns_print_name(&option, &text);
        text_add_char(&text, ' ');
        edns_print_value(&option, &text);
        text_add(out, any ? "," : ",\"edns\":[");
        print_any(text_get(&text), out);
        any = true;
        text_clear(&text);
    }
    if (any)
        text_add_char(out, ']');
}

static void print_answer(const struct reply *reply, struct text *out)
{
    char rcode[RCODE_TEXT];

    print_text(",\"status\":", outcome_text(reply->outcome), out);
    if (reply->rcode < 0)
        text_add(out, ",\"rcode\":null");
    else
        print_text(",\"rcode\":", type_rcode_text(reply->rcode, rcode), out);
    text_add(out, ",\"rtt_ms\":");
    json_print_thousandths(reply->rtt_us, out);
    print_number(",\"tries\":", reply->tries, out);
    print_bool(",\"aa\":", reply->aa, out);
    print_bool(",\"ad\":", reply->ad, out);
    print_bool(",\"tc\":", reply->tc, out);
    print_number(",\"unmatched\":", reply->unmatched, out);
    print_options(reply, out);
    print_message(reply, out);
    if (reply->why) {
        text_add(out, ",\"why\":");
        print_any(reply->why, out);
    }
}

static void print_query(const struct reply *reply, struct text *out)
{
    const struct question *question = &reply->question;
    char type[TYPE_TEXT];

    print_name(question->name, out);
    print_text(",\"qtype\":", type_text(question->type, type), out);
    text_add(out, ",\"server\":");
    print_any(reply->server, out);
    print_asked(question, out);
    print_bool(",\"rd\":", !(question->flags & QUESTION_NO_RECURSION), out);
    print_bool(",\"cd\":", (question->flags & QUESTION_CHECKING_DISABLED) != 0, out);
    print_bool(",\"do\":", (question->flags & QUESTION_DNSSEC_OK) != 0, out);
    print_text(",\"transport\":", transport_text(reply->transport), out);
    print_answer(reply, out);
    text_add_char(out, '}');
}

void json_print_queries(const struct answers *answers, struct text *out)
{
    const char *before = "[";

    for (size_t i = 0; i < answers_count(answers); i++) {
        if (!reply_was_sent(answers_at(answers, i)))
            continue;
        text_add(out, before);
        print_query(answers_at(answers, i), out);
        before = ",";
    }
    text_add(out, *before == '[' ? "[]" : "]");
}
