/* From the command line to what a survey is asked for: the sender, the names, the SPF sender. */
#ifndef MAIN_INPUT_MAIN_REQUEST_H
#define MAIN_INPUT_MAIN_REQUEST_H

#include "app/settings/options.h"
#include "base/fault.h"
#include "mail/clients/srv_choice.h"
#include "mail/simulation/comparison.h"
#include "policy/setup/operators.h"
#include "policy/spf/spf.h"
#include "survey/survey.h"

/* What holds for every name. */
struct request {
    const struct options *options; /* borrowed */
    /* What no option says by itself: records (--type), resolvers and hints, in the arena; time,
     * seed, limit, what is wrong with zone files, and who answers, live, in files or when recorded.
     */
    struct survey_options survey;
    struct operators *operators;
    struct spf_sender spf;
    bool has_spf;
    enum srv_algorithm algorithm;
    struct compared_senders compared;  /* of --compare */
    struct text policy;                /* of --mta-sts-policy; empty: not given */
    struct expectations *expectations; /* of --expect; owned; NULL */
    int64_t time_limit_ms;             /* for one name; 0: none, without a network */
    struct arena *arena;
};

/* The head of a recording made under this request; a replay of it judges as the program did then.
 */
void request_print_header(const struct request *request, struct text *out);

/* Checks everything that can be checked before a name is known. On failure `why` has the sentence
 * behind "mxtrail: ". */
enum status request_init(struct request *request, const struct options *options, struct text *why);
/* The file of --mta-sts-policy; when it cannot be read false, and `why` has the sentence. */
bool request_read_policy(struct request *request, struct text *why);
/* The servers of --hints. On failure `why` has the sentence behind "mxtrail: ", or it is empty and
 * `faults` say what is wrong with the file. */
enum status request_read_hints(struct request *request, struct text *why, struct faults *faults);
/* The MTA-STS policy that is known from the start; NULL: none. */
const char *request_policy(const struct request *request);
void request_clear(struct request *request);
/* Would zone files answer in the place of any server? Then none is queried. */
bool request_is_answered_by_files(const struct request *request);

/* A sender as the options want it for mail to `domain`: hosts of one label are taken as names of
 * that domain. */
enum status request_sender(const struct request *request, const char *domain, struct sender *sender,
                           struct text *why);

/* What holds for the survey of every name. Borrows from the request. */
struct survey_options request_options(const struct request *request);
/* The survey of one subject. The owner of --srv goes to `srv_owner` ("" without). */
enum status request_survey(const struct request *request, const struct subject *subject,
                           struct survey **survey, char srv_owner[NAME_TEXT], struct text *why);

#endif
