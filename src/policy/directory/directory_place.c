/* Places in names: sites, locations, GUIDs. */
#include "dns/name.h"
#include "policy/directory/directory.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

bool directory_is_guid(const char *text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    if (strlen(text) != sizeof form - 1)
        return false;
    for (size_t i = 0; form[i]; i++)
        if (form[i] == '-' ? text[i] != '-' : !isxdigit((unsigned char)text[i]))
            return false;
    return true;
}

static bool begins(const char *name, const char *label)
{
    size_t length = strlen(label);

    return strncasecmp(name, label, length) == 0 && name[length] == '.';
}

bool directory_place_of(const char *owner, char out[NAME_TEXT])
{
    for (const char *label = owner; !name_is_root(label); label = name_parent(label)) {
        const char *next = name_parent(label);

        if (*label == '_' || *next != '_')
            continue;
        name_first_label(label, out);
        if (begins(next, "_sites") || begins(next, "_locations") ||
            (begins(next, "_msdcs") && directory_is_guid(out)))
            return true;
    }
    for (const char *label = owner; !name_is_root(label); label = name_parent(label))
        if (begins(name_parent(label), "domains") &&
            directory_is_guid(name_first_label(label, out)))
            return true;
    return false;
}

bool directory_uri_host(const struct record *record, char out[NAME_TEXT])
{
    static const char scheme[] = "krb5srv:";
    const struct octets *target = &record->uri.target;
    const char *text = (const char *)target->bytes, *last;
    char name[NAME_TEXT];
    size_t length;

    if (target->length < sizeof scheme || memchr(text, '\0', target->length) ||
        strncmp(text, scheme, sizeof scheme - 1) != 0 || strstr(text, ":kkdcp:"))
        return false;
    last = strrchr(text, ':') + 1;
    length = strlen(last);
    if (length == 0 || length >= sizeof name)
        return false;
    memcpy(name, last, length + 1);
    return name_canonical(name, out, NULL) == STATUS_OK;
}
