/* The live source against a socket of the test: what it sends, in which order, and how it fares
 * when descriptors run out. */
#include "dns/name.h"
#include "dns/type.h"
#include "net/source.h"
#include "unit/check.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

enum { IN_FLIGHT = 64, HEADER = 12, LABEL_MAX = 64 };

struct world {
    uv_loop_t loop;
    int socket; /* of the server */
    struct source *source;
};

static int open_server(int kind, uint16_t *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int server = socket(AF_INET, kind | SOCK_NONBLOCK, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(server, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(getsockname(server, (struct sockaddr *)&address, &size), 0);
    assert_true(kind == SOCK_DGRAM || listen(server, 64) == 0);
    *port = ntohs(address.sin_port);
    return server;
}

static int open_world(void **state, unsigned timeout_ms, bool tcp)
{
    static struct world world;
    static struct server server;
    struct live_options options = {
        .servers = &server, .server_count = 1, .timeout_ms = timeout_ms, .tries = 1, .tcp = tcp};
    uint16_t port;

    assert_int_equal(uv_loop_init(&world.loop), 0);
    world.socket = open_server(tcp ? SOCK_STREAM : SOCK_DGRAM, &port);
    assert_int_equal(server_address_parse("127.0.0.1", &server), STATUS_OK);
    options.port = port;
    world.source = source_live_new(&world.loop, &options, NULL);
    *state = &world;
    return 0;
}

static int set_up(void **state)
{
    return open_world(state, 500, false);
}

static int set_up_streams(void **state)
{
    return open_world(state, 5000, true);
}

static int set_up_patient(void **state)
{
    return open_world(state, 1300, false);
}

static int tear_down(void **state)
{
    struct world *world = *state;

    source_free(world->source);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    close(world->socket);
    return uv_loop_close(&world->loop);
}

static void ask(struct world *world, const char *label, size_t number, int priority)
{
    struct question question = {.type = TYPE_A};
    char name[NAME_TEXT];

    snprintf(name, sizeof name, "%s%zu.test.", label, number);
    question.name = name;
    source_ask(world->source, &question, priority);
}

/* The first label of the next question sent; false when there is none. */
static bool next_label(struct world *world, char label[LABEL_MAX], struct sockaddr_in *from,
                       uint8_t query[512], size_t *length)
{
    socklen_t size = sizeof *from;
    ssize_t got = recvfrom(world->socket, query, 512, MSG_DONTWAIT, (struct sockaddr *)from, &size);

    if (got <= HEADER)
        return false;
    *length = (size_t)got;
    memcpy(label, query + HEADER + 1, query[HEADER]);
    label[query[HEADER]] = '\0';
    return true;
}

/* Answers the next question sent with NXDOMAIN; false when there is none. */
static bool answer_next(struct world *world, char label[LABEL_MAX])
{
    struct sockaddr_in from;
    uint8_t query[512];
    size_t length;

    if (!next_label(world, label, &from, query, &length))
        return false;
    query[2] |= 0x80;
    query[3] |= 3;
    sendto(world->socket, query, length, 0, (struct sockaddr *)&from, sizeof from);
    return true;
}

/* Answers every question sent so far; how many there were. */
static size_t answer_all(struct world *world)
{
    char label[LABEL_MAX];
    size_t count = 0;

    while (answer_next(world, label))
        count++;
    return count;
}

static size_t take_all(struct world *world, enum outcome outcome)
{
    struct reply *reply;
    size_t count = 0;

    for (; (reply = source_take(world->source)); count++) {
        assert_int_equal(reply->outcome, outcome);
        reply_free(reply);
    }
    return count;
}

/* What was asked first waits for the loop, and then the more urgent goes before it. */
static void the_most_urgent_of_all_asked_go_first(void **state)
{
    struct world *world = *state;
    struct sockaddr_in from;
    uint8_t query[512];
    char label[LABEL_MAX];
    size_t length, count = 0;

    for (size_t i = 0; i < 2 * IN_FLIGHT; i++)
        ask(world, "later", i, 5);
    ask(world, "urgent", 0, 0);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    assert_true(next_label(world, label, &from, query, &length));
    assert_string_equal(label, "urgent0");
    while (next_label(world, label, &from, query, &length))
        count++;
    assert_int_equal(count, IN_FLIGHT - 1);
}

/* Replies that came together are taken together, and what follows from them is asked before what
 * waited already. */
static void what_follows_from_replies_goes_before_what_waited(void **state)
{
    struct world *world = *state;
    struct sockaddr_in from;
    uint8_t query[512];
    char label[LABEL_MAX];
    size_t length;

    for (size_t i = 0; i < 2 * IN_FLIGHT; i++)
        ask(world, "first", i, 5);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    assert_int_equal(answer_all(world), IN_FLIGHT);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    assert_int_equal(take_all(world, OUTCOME_NXDOMAIN), IN_FLIGHT);
    ask(world, "dependent", 0, 1);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    assert_true(next_label(world, label, &from, query, &length));
    assert_string_equal(label, "dependent0");
}

static struct source_trouble wait_for_trouble(struct world *world)
{
    struct source_trouble trouble = {0};

    assert_false(source_trouble(world->source, &trouble));
    while (!source_trouble(world->source, &trouble))
        uv_run(&world->loop, UV_RUN_NOWAIT);
    return trouble;
}

/* The different first labels sent meanwhile, in the order they came, with blanks between. */
static void labels_sent(struct world *world, struct text *out)
{
    struct sockaddr_in from;
    uint8_t query[512];
    char label[LABEL_MAX];
    size_t length;

    text_cut(out, 0);
    while (next_label(world, label, &from, query, &length))
        if (!strstr(text_get(out), label))
            text_format(out, "%s%s", out->length ? " " : "", label);
}

/* The outcomes of the next replies by name: "first0 timeout, later0 not_asked". */
static void outcomes(struct world *world, size_t count, struct text *out)
{
    struct reply *reply;

    text_cut(out, 0);
    while (count) {
        uv_run(&world->loop, UV_RUN_NOWAIT);
        for (; count && (reply = source_take(world->source)); count--) {
            text_format(out, "%s%.*s %s", out->length ? ", " : "",
                        (int)strcspn(reply->question.name, "."), reply->question.name,
                        outcome_text(reply->outcome));
            reply_free(reply);
        }
    }
}

/* Asks one question that is not answered, and waits until the server is in trouble. */
static void fall_silent(struct world *world)
{
    struct source_trouble trouble;

    ask(world, "first", 0, 0);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    trouble = wait_for_trouble(world);
    assert_int_equal(trouble.try, 1);
    assert_int_equal(trouble.tries, 1);
    assert_in_range(trouble.silent_ms, 1000, 1300);
    assert_true(strncmp(trouble.server, "127.0.0.1#", 10) == 0);
}

/* A second without a word, and nothing more is sent about the name than what is under way. What
 * waited for it ends with it; what is asked later is one short try at a time, until the server is
 * heard again. */
static void further_questions_wait_for_a_silent_server(void **state)
{
    struct world *world = *state;
    struct source_trouble trouble;
    struct text text = {0};

    fall_silent(world);
    labels_sent(world, &text);
    assert_string_equal(text_get(&text), "first0");
    ask(world, "later.first", 0, 0);
    ask(world, "further.first", 0, 0);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    labels_sent(world, &text);
    assert_string_equal(text_get(&text), "");
    outcomes(world, 3, &text);
    assert_string_equal(text_get(&text), "first0 timeout, later not_asked, further not_asked");
    assert_false(source_trouble(world->source, &trouble));
    ask(world, "probe", 0, 0);
    ask(world, "probe", 1, 0);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    assert_int_equal(answer_all(world), 1);
    outcomes(world, 1, &text);
    assert_string_equal(text_get(&text), "probe0 nxdomain");
    uv_run(&world->loop, UV_RUN_NOWAIT);
    assert_int_equal(answer_all(world), 1);
    outcomes(world, 1, &text);
    assert_string_equal(text_get(&text), "probe1 nxdomain");
    text_clear(&text);
}

/* It may be one name that nobody answers: another one goes through, past what waits before it, and
 * when that is answered all others follow. */
static void a_name_that_is_not_answered_holds_up_no_other(void **state)
{
    struct world *world = *state;
    struct text text = {0};
    char label[LABEL_MAX];

    fall_silent(world);
    labels_sent(world, &text);
    ask(world, "below.first", 0, 0);
    for (size_t i = 0; i < 3; i++)
        ask(world, "other", i, 5);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    assert_true(answer_next(world, label));
    assert_string_equal(label, "other0");
    assert_false(answer_next(world, label));
    outcomes(world, 1, &text);
    assert_string_equal(text_get(&text), "other0 nxdomain");
    uv_run(&world->loop, UV_RUN_NOWAIT);
    labels_sent(world, &text);
    assert_string_equal(text_get(&text), "below other1 other2");
    text_clear(&text);
}

static void open_questions_end_with_the_source(void **state)
{
    struct world *world = *state;

    for (size_t i = 0; i < 10; i++)
        ask(world, "x", i, 0);
    source_cancel(world->source);
    assert_int_equal(source_waiting(world->source), 0);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    assert_int_equal(answer_all(world), 0);
    ask(world, "y", 0, 0);
}

/* One that waits its turn, one on its way and one never asked. */
static void drop_questions(struct world *world)
{
    static const char *const names[] = {"x0.test.", "x80.test.", "never.test."};

    for (size_t i = 0; i < 100; i++)
        ask(world, "x", i, 0);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct question question = {.name = names[i], .type = TYPE_A};

        source_drop(world->source, &question);
    }
    assert_int_equal(source_waiting(world->source), 98);
    for (size_t taken = 0; taken < 98; taken += take_all(world, OUTCOME_NXDOMAIN)) {
        answer_all(world);
        uv_run(&world->loop, UV_RUN_ONCE);
    }
    assert_int_equal(source_waiting(world->source), 0);
    ask(world, "x", 0, 0);
    assert_int_equal(source_waiting(world->source), 1);
}

static void a_question_dropped_brings_no_reply(void **state)
{
    drop_questions(*state);
}

static void nor_does_one_asked_below_a_zone(void **state)
{
    struct world *world = *state;

    world->source = source_overlay_new(NULL, 0, world->source);
    drop_questions(world);
}

static size_t open_descriptors(void)
{
    size_t count = 0;

    for (int fd = 0; fd < 1024; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* Started, answered now and then, and taken back, many times over. */
static void a_storm_of_questions_taken_back_leaves_nothing(void **state)
{
    struct world *world = *state;
    size_t descriptors = open_descriptors();

    for (size_t i = 0; i < 2000; i++) {
        struct question question = {.name = "storm0.test.", .type = TYPE_A};

        ask(world, "storm", i % 7, (int)(i % 3));
        uv_run(&world->loop, UV_RUN_NOWAIT);
        if (i % 5 == 0)
            answer_all(world);
        source_drop(world->source, &question);
        if (i % 11 == 0)
            source_cancel(world->source);
        reply_free(source_take(world->source));
    }
    source_cancel(world->source);
    uv_run(&world->loop, UV_RUN_NOWAIT);
    assert_int_equal(source_waiting(world->source), 0);
    assert_int_equal(open_descriptors(), descriptors);
}

/* Leaves the process `spare` descriptors. */
static void leave_descriptors(rlim_t spare)
{
    struct rlimit limit;
    int next = dup(STDIN_FILENO);

    close(next);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = (rlim_t)next + spare;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

static void give_descriptors_back(void)
{
    struct rlimit limit;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* With room for three sockets a hundred questions take their turns, and all are answered. */
static void questions_wait_for_descriptors(void **state)
{
    struct world *world = *state;
    size_t taken = 0;

    leave_descriptors(3);
    for (size_t i = 0; i < 100; i++)
        ask(world, "short", i, 0);
    while (taken < 100) {
        uv_run(&world->loop, UV_RUN_NOWAIT);
        answer_all(world);
        uv_run(&world->loop, UV_RUN_ONCE);
        taken += take_all(world, OUTCOME_NXDOMAIN);
    }
    give_descriptors_back();
    assert_int_equal(taken, 100);
}

/* Where there is none at all, those behind do not wait as long as the first one did, one after the
 * other. */
static void no_descriptor_at_all_ends_every_question(void **state)
{
    struct world *world = *state;
    uint64_t begun = uv_hrtime();

    leave_descriptors(0);
    for (size_t i = 0; i < 100; i++)
        ask(world, "none", i, 0);
    while (source_waiting(world->source)) {
        struct reply *reply = source_take(world->source);

        if (!reply) {
            uv_run(&world->loop, UV_RUN_ONCE);
            continue;
        }
        assert_int_equal(reply->outcome, OUTCOME_NOT_ASKED);
        assert_string_equal(reply->why, "no file descriptor was free");
        reply_free(reply);
    }
    give_descriptors_back();
    assert_true(uv_hrtime() - begun < 5000000000U);
}

enum { STREAMS = 10, MANY = 30 };

/* The connections that were made meanwhile. */
static size_t accept_all(struct world *world, int connections[MANY])
{
    size_t count = 0;

    for (int turn = 0; turn < 50; turn++) {
        uv_run(&world->loop, UV_RUN_NOWAIT);
        while (count < MANY && (connections[count] = accept(world->socket, NULL, NULL)) >= 0)
            count++;
    }
    return count;
}

/* Ten at a time; when the server closes some, as many of those that wait have their turn. */
static void a_server_has_ten_connections_at_most(void **state)
{
    struct world *world = *state;
    int first[MANY], then[MANY];

    for (size_t i = 0; i < MANY; i++)
        ask(world, "x", i, 0);
    assert_int_equal(accept_all(world, first), STREAMS);
    assert_int_equal(accept_all(world, then), 0);
    for (size_t i = 0; i < 3; i++)
        close(first[i]);
    while (accept_all(world, then) == 0)
        ;
    for (size_t i = 3; i < STREAMS; i++)
        close(first[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_most_urgent_of_all_asked_go_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_follows_from_replies_goes_before_what_waited, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(further_questions_wait_for_a_silent_server, set_up_patient,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_name_that_is_not_answered_holds_up_no_other,
                                        set_up_patient, tear_down),
        cmocka_unit_test_setup_teardown(a_server_has_ten_connections_at_most, set_up_streams,
                                        tear_down),
        cmocka_unit_test_setup_teardown(open_questions_end_with_the_source, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_question_dropped_brings_no_reply, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nor_does_one_asked_below_a_zone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_storm_of_questions_taken_back_leaves_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(questions_wait_for_descriptors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_descriptor_at_all_ends_every_question, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
