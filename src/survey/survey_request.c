#include "survey/survey_request.h"

#include "base/random.h"
#include "mail/profiles/profiles.h"

#include <string.h>

static char *copy_or_null(struct arena *arena, const char *string)
{
    return string ? arena_dup(arena, string) : NULL;
}

static void copy_subject(struct survey_request *request, const struct subject *subject)
{
    request->subject = *subject;
    request->subject.input = arena_dup(request->arena, subject->input);
    request->subject.note = copy_or_null(request->arena, subject->note);
}

static const struct record_request *
copy_requests(struct arena *arena, const struct record_request *list, size_t count, size_t room)
{
    struct record_request *copy = arena_alloc(arena, count + room, sizeof *copy);

    for (size_t i = 0; i < count; i++) {
        copy[i] = list[i];
        copy[i].name = copy_or_null(arena, list[i].name);
    }
    return copy;
}

static const struct compared_resolver *
copy_resolvers(struct arena *arena, const struct compared_resolver *list, size_t count)
{
    struct compared_resolver *copy = arena_alloc(arena, count, sizeof *copy);

    if (count)
        memcpy(copy, list, count * sizeof *copy);
    return copy;
}

static struct trace_hints copy_hints(struct arena *arena, struct trace_hints hints)
{
    struct trace_hint *copy = arena_alloc(arena, hints.count, sizeof *copy);

    for (size_t i = 0; i < hints.count; i++) {
        copy[i] = hints.list[i];
        copy[i].name = copy_or_null(arena, hints.list[i].name);
    }
    return (struct trace_hints){copy, hints.count};
}

static void copy_lists(struct survey_request *request, const struct survey_options *from)
{
    struct survey_options *to = &request->options;

    to->owners = arena_dup_list(request->arena, from->owners, from->owner_count);
    to->names = arena_dup_list(request->arena, from->names, from->name_count);
    to->requests = copy_requests(request->arena, from->requests, from->request_count, 0);
    to->resolvers = copy_resolvers(request->arena, from->resolvers, from->resolver_count);
    to->trace_name = copy_or_null(request->arena, from->trace_name);
    to->hints = copy_hints(request->arena, from->hints);
    to->selectors = arena_dup_list(request->arena, from->selectors, from->selector_count);
    to->places = arena_dup_list(request->arena, from->places, from->place_count);
    to->client = copy_or_null(request->arena, from->client);
    to->sts_policy = copy_or_null(request->arena, from->sts_policy);
    to->ignored = arena_dup_list(request->arena, from->ignored, from->ignored_count);
}

static void copy_sender(struct survey_request *request, const struct sender *sender)
{
    if (sender)
        sender_copy(&request->sender, sender);
    else
        sender_init(&request->sender, profile_at(0));
    request->options.sender = &request->sender;
}

static void draw_probe(struct survey_request *request)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    struct random random;

    random_init(&random, request->options.seed);
    for (size_t i = 0; i + 1 < PROBE_LABEL_TEXT; i++)
        request->probe[i] = letters[random_below(&random, sizeof letters - 1)];
}

void survey_request_init(struct survey_request *request, const struct subject *subject,
                         const struct survey_options *options)
{
    *request = (struct survey_request){.arena = arena_new(), .options = *options};
    copy_subject(request, subject);
    copy_lists(request, options);
    copy_sender(request, options->sender);
    survey_request_set_spf(request, options->spf);
    draw_probe(request);
}

void survey_request_clear(struct survey_request *request)
{
    sender_clear(&request->sender);
    arena_free(request->arena);
    *request = (struct survey_request){0};
}

void survey_request_set_names(struct survey_request *request, const char *const *names,
                              size_t count)
{
    request->options.names = arena_dup_list(request->arena, names, count);
    request->options.name_count = count;
}

void survey_request_set_selectors(struct survey_request *request, const char *const *selectors,
                                  size_t count)
{
    request->options.selectors = arena_dup_list(request->arena, selectors, count);
    request->options.selector_count = count;
}

void survey_request_set_policy(struct survey_request *request, const char *policy)
{
    request->options.sts_policy = copy_or_null(request->arena, policy);
}

void survey_request_set_client(struct survey_request *request, const char *client)
{
    request->options.client = copy_or_null(request->arena, client);
}

void survey_request_set_places(struct survey_request *request, const char *const *places,
                               size_t count)
{
    request->options.places = arena_dup_list(request->arena, places, count);
    request->options.place_count = count;
}

void survey_request_set_resolvers(struct survey_request *request,
                                  const struct compared_resolver *list, size_t count)
{
    request->options.resolvers = copy_resolvers(request->arena, list, count);
    request->options.resolver_count = count;
}

void survey_request_set_trace(struct survey_request *request, const char *name)
{
    request->options.trace = true;
    request->options.trace_name = copy_or_null(request->arena, name);
}

void survey_request_add(struct survey_request *request, const struct record_request *more)
{
    struct survey_options *options = &request->options;
    size_t count = options->request_count;
    struct record_request *grown =
        (struct record_request *)copy_requests(request->arena, options->requests, count, 1);

    grown[count] = (struct record_request){copy_or_null(request->arena, more->name), more->type};
    options->requests = grown;
    options->request_count++;
}

void survey_request_set_spf(struct survey_request *request, const struct spf_sender *spf)
{
    request->options.spf = NULL;
    if (!spf)
        return;
    request->spf = *spf;
    request->spf.from = copy_or_null(request->arena, spf->from);
    request->spf.helo = copy_or_null(request->arena, spf->helo);
    request->spf.receiver = copy_or_null(request->arena, spf->receiver);
    request->options.spf = &request->spf;
}
