#include "mail/client/client.h"

#include <string.h>

static const struct client *const clients[] = {
    &client_windows, &client_samba,    &client_sssd,    &client_mit,
    &client_heimdal, &client_openldap, &client_rfc2782, &client_nominal,
    &client_outlook, &client_sip,      &client_xmpp,    &client_matrix,
    &client_mail,    &client_caldav,   &client_carddav, &client_jmap,
};

size_t clients_count(void)
{
    return sizeof clients / sizeof *clients;
}

const struct client *clients_at(size_t index)
{
    return clients[index];
}

const struct client *clients_find(const char *name)
{
    for (size_t i = 0; i < clients_count(); i++)
        if (strcmp(clients[i]->name, name) == 0)
            return clients[i];
    return NULL;
}

/* The first label or labels of the owner: is the next one none of a service any more? */
static bool fits(const char *pattern, const char *owner)
{
    size_t length = strcspn(pattern, "*");

    if (strncmp(pattern, owner, length) != 0)
        return false;
    owner += length;
    pattern += length;
    if (*pattern == '*') {
        owner += strcspn(owner, ".");
        pattern++;
        length = strlen(pattern);
        if (strncmp(pattern, owner, length) != 0)
            return false;
        owner += length;
    }
    return *owner == '.' && owner[1] != '_' && !strstr(owner, "._sites.") &&
           !strstr(owner, "._msdcs.");
}

static bool task_asks(const struct client *task, const char *owner)
{
    for (const struct client_question *question = task->questions; question->sentence; question++)
        if (question->kind == CLIENT_SRV && *question->pattern && fits(question->pattern, owner))
            return true;
    return false;
}

bool client_asks(const struct client *client, const char *owner)
{
    return task_asks(client_at_task(client, owner), owner);
}

const struct client *client_at_task(const struct client *client, const char *owner)
{
    for (const struct client *task = client; owner && task; task = task->elsewhere)
        if (task_asks(task, owner))
            return task;
    return client;
}

bool client_parse(const char *text, const struct client **client, char site[CLIENT_SITE])
{
    size_t length = strcspn(text, "= ");
    const char *rest = text + length + (text[length] != '\0');

    site[0] = '\0';
    if (strlen(rest) >= CLIENT_SITE)
        return false;
    for (size_t i = 0; i < clients_count(); i++)
        if (strlen(clients[i]->name) == length && strncmp(clients[i]->name, text, length) == 0) {
            *client = clients[i];
            memcpy(site, rest, strlen(rest) + 1);
            return true;
        }
    return false;
}
