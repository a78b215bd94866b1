#include "main/input/main_server.h"

#include "base/message.h"

#include <netinet/in.h>
#include <string.h>

static bool take_address(const struct addrinfo *found, uint16_t port, struct server *server)
{
    *server = (struct server){.port = port};
    if (found->ai_family == AF_INET) {
        server->address.family = 4;
        memcpy(server->address.bytes,
               &((const struct sockaddr_in *)(const void *)found->ai_addr)->sin_addr, 4);
        return true;
    }
    if (found->ai_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const void *)found->ai_addr;

        server->address.family = 6;
        server->scope = v6->sin6_scope_id;
        memcpy(server->address.bytes, &v6->sin6_addr, 16);
        return true;
    }
    return false;
}

size_t main_server_find(uv_loop_t *loop, const char *name, int family, uint16_t port,
                        struct server found[MAIN_SERVER_ADDRESSES], const char **why)
{
    static const int families[] = {[0] = AF_UNSPEC, [4] = AF_INET, [6] = AF_INET6};
    struct addrinfo hints = {.ai_family = families[family], .ai_socktype = SOCK_DGRAM};
    uv_getaddrinfo_t search;
    int error = uv_getaddrinfo(loop, &search, NULL, name, NULL, &hints);
    size_t count = 0;

    *why = error ? uv_strerror(error) : tr("it has no address");
    if (error)
        return 0;
    for (const struct addrinfo *info = search.addrinfo; info && count < MAIN_SERVER_ADDRESSES;
         info = info->ai_next)
        count += take_address(info, port, &found[count]);
    uv_freeaddrinfo(search.addrinfo);
    return count;
}

bool main_vantage_find(uv_loop_t *loop, const struct inquiry *inquiry, int family,
                       struct vantage **vantage, struct text *fault)
{
    const struct vantage_spec *spec = &inquiry->server;
    struct server found[MAIN_SERVER_ADDRESSES];
    const char *why;

    if (!inquiry->has_server)
        return true;
    found[0].address = spec->server;
    if (!spec->server.family && !main_server_find(loop, spec->text, family, 0, found, &why)) {
        text_format(fault, tr("@%s: unknown name server: %s"), spec->text, why);
        return false;
    }
    *vantage = vantage_new_server(&found[0].address, spec->port, spec->encrypted);
    return true;
}
