#include "net/policy_fetch.h"

#include "base/escape.h"
#include "base/memory.h"
#include "base/message.h"
#include "net/curl_library.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

struct policy_fetch {
    uv_work_t work;
    policy_fetched *done; /* NULL: nobody wants to know any more */
    void *context;
    const struct curl_functions *curl;
    CURLM *multi;
    CURL *easy;
    struct curl_slist *resolved;
    size_t most;
    struct text url, pinned, body, said; /* said: `why`, escaped */
    char error[CURL_ERROR_SIZE];
    const char *why; /* borrowed or static; NULL: it worked */
    atomic_bool given_up;
    bool over; /* `done` was called */
};

/* ---- one transfer ---- */

static size_t take_body(char *bytes, size_t one, size_t count, void *context)
{
    struct policy_fetch *fetch = context;

    (void)one; /* is 1 */
    if (fetch->body.length + count > fetch->most) {
        fetch->why = N_("it is too long");
        return 0;
    }
    text_add_bytes(&fetch->body, bytes, count);
    return count;
}

/* Whatever the name servers or the environment say, it is these addresses that are connected to. */
static void prepare(struct policy_fetch *fetch, const char *domain, const char *addresses,
                    unsigned time_ms)
{
    int length = (int)strlen(domain) - 1; /* without the last dot */
    const struct curl_functions *curl = fetch->curl;
    const char *trusted = getenv("SSL_CERT_FILE");

    text_format(&fetch->url, "https://mta-sts.%.*s/.well-known/mta-sts.txt", length, domain);
    text_format(&fetch->pinned, "mta-sts.%.*s:443:%s", length, domain, addresses);
    fetch->resolved = curl->slist_append(NULL, text_get(&fetch->pinned));
    fetch->easy = curl->easy_init();
    fetch->multi = curl->multi_init();
    curl->easy_setopt(fetch->easy, CURLOPT_URL, text_get(&fetch->url));
    curl->easy_setopt(fetch->easy, CURLOPT_RESOLVE, fetch->resolved);
    curl->easy_setopt(fetch->easy, CURLOPT_PROTOCOLS_STR, "https");
    curl->easy_setopt(fetch->easy, CURLOPT_PROXY, "");
    curl->easy_setopt(fetch->easy, CURLOPT_NOSIGNAL, 1L);
    curl->easy_setopt(fetch->easy, CURLOPT_TIMEOUT_MS, (long)time_ms);
    curl->easy_setopt(fetch->easy, CURLOPT_MAXFILESIZE, (long)fetch->most);
    curl->easy_setopt(fetch->easy, CURLOPT_ERRORBUFFER, fetch->error);
    curl->easy_setopt(fetch->easy, CURLOPT_WRITEFUNCTION, take_body);
    curl->easy_setopt(fetch->easy, CURLOPT_WRITEDATA, fetch);
    if (trusted && *trusted)
        curl->easy_setopt(fetch->easy, CURLOPT_CAINFO, trusted);
    curl->multi_add_handle(fetch->multi, fetch->easy);
}

/* RFC 8461 3.3: only 200 is an answer; 3.2: it is text/plain. */
static const char *judge_answer(const struct policy_fetch *fetch)
{
    static const char plain[] = "text/plain";
    const char *type = NULL;
    long code = 0;

    fetch->curl->easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, &code);
    fetch->curl->easy_getinfo(fetch->easy, CURLINFO_CONTENT_TYPE, &type);
    if (code >= 300 && code < 400)
        return N_("the server redirects, which senders do not follow");
    if (code != 200)
        return N_("the server has no such page");
    return type && strncmp(type, plain, strlen(plain)) == 0
               ? NULL
               : N_("the page is not text/plain, which senders want");
}

static const char *judge(struct policy_fetch *fetch)
{
    int left;
    const CURLMsg *message = fetch->curl->multi_info_read(fetch->multi, &left);

    if (!message)
        return N_("it was given up");
    if (message->data.result == CURLE_OK)
        return judge_answer(fetch);
    if (fetch->why)
        return fetch->why;
    return *fetch->error ? fetch->error : fetch->curl->easy_strerror(message->data.result);
}

static void run(uv_work_t *work)
{
    struct policy_fetch *fetch = work->data;
    int running = 1;

    while (running && !atomic_load(&fetch->given_up)) {
        fetch->curl->multi_perform(fetch->multi, &running);
        if (running)
            fetch->curl->multi_poll(fetch->multi, NULL, 0, 1000, NULL);
    }
    fetch->why = judge(fetch);
}

static void fetch_clear(struct policy_fetch *fetch)
{
    if (fetch->easy) {
        fetch->curl->multi_remove_handle(fetch->multi, fetch->easy);
        fetch->curl->easy_cleanup(fetch->easy);
        fetch->curl->multi_cleanup(fetch->multi);
        fetch->curl->slist_free_all(fetch->resolved);
    }
    text_clear(&fetch->url);
    text_clear(&fetch->pinned);
    text_clear(&fetch->body);
    text_clear(&fetch->said);
    free(fetch);
}

static void do_without(uv_work_t *work)
{
    (void)work; /* `why` is known */
}

static void over(uv_work_t *work, int status)
{
    struct policy_fetch *fetch = work->data;

    (void)status;
    fetch->over = true;
    if (!fetch->done) {
        fetch_clear(fetch);
    } else if (!fetch->why) {
        fetch->done(fetch->context, &fetch->body, NULL);
    } else {
        escape_bytes(&fetch->said, fetch->why, strlen(fetch->why), ESCAPE_UTF8, false);
        fetch->done(fetch->context, NULL, text_get(&fetch->said));
    }
}

struct policy_fetch *policy_fetch_new(struct uv_loop_s *loop, const char *domain,
                                      const char *addresses, size_t most, unsigned time_ms,
                                      policy_fetched *done, void *context)
{
    struct policy_fetch *fetch = memory_new(1, sizeof *fetch);

    fetch->work.data = fetch;
    fetch->done = done;
    fetch->context = context;
    fetch->most = most;
    if ((fetch->curl = curl_library(&fetch->why)))
        prepare(fetch, domain, addresses, time_ms);
    uv_queue_work(loop, &fetch->work, fetch->curl ? run : do_without, over);
    return fetch;
}

void policy_fetch_free(struct policy_fetch *fetch)
{
    if (!fetch)
        return;
    if (fetch->over) {
        fetch_clear(fetch);
        return;
    }
    fetch->done = NULL;
    atomic_store(&fetch->given_up, true);
    if (fetch->multi)
        fetch->curl->multi_wakeup(fetch->multi);
}
