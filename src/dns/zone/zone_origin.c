/* Which origin is meant by the name of a file: "db.example.com", "example.com.zone". */
#include "base/file.h"
#include "dns/name.h"
#include "dns/zone/zone.h"

#include <string.h>
#include <strings.h>

/* What parts the words of a file's name: a dot, an underscore, the "@" before a server's address.
 */
static bool is_parting(char c)
{
    return c == '\0' || strchr("._@,+ ", c);
}

/* Does the name stand in the file's name, whole labels of it? */
static bool stands_in(const char *file, const char *name, size_t length)
{
    for (const char *at = file; *at; at++)
        if ((at == file || is_parting(at[-1])) && strncasecmp(at, name, length) == 0 &&
            is_parting(at[length]))
            return true;
    return false;
}

const char *zone_origin_for(const char *path, const char *name)
{
    const char *file = file_name(path);

    for (const char *part = name; !name_is_root(part); part = name_parent(part))
        if (stands_in(file, part, strlen(part) - 1))
            return part;
    return NULL;
}
