/* The names looked up, one after the other, as a browser keeps its pages; and their questions. */
#ifndef APP_STATE_VISIT_H
#define APP_STATE_VISIT_H

#include "app/settings/options.h"
#include "app/state/state.h"

/* Looks up what was typed, as a new page behind the current one (those in front of it are
 * forgotten). On failure nothing changes and *why is a sentence (heap). */
enum status visit_open(struct ui *ui, const char *typed, struct effects *effects, char **why);
/* Can a name server be asked, now? Zone files and most lessons would answer for any of them; then
 * *why says it (static, in the language). */
bool visit_reaches(const struct ui *ui, const char **why);
/* Shows the page before (-1) or behind (+1) the current one; false when there is none. */
bool visit_step(struct ui *ui, int direction);
/* Asks everything of the page shown anew. */
void visit_again(struct ui *ui, struct visit *visit);
void visits_free(struct ui *ui);
/* Of all pages the oldest alone is left and shown; false when there is none. */
bool visit_first(struct ui *ui, struct effects *effects);
/* Its panes, folds, filters and edits are as they were at first. */
void visit_reset(struct visit *visit);
/* All pages begin anew: what they know came from another source. */
void visits_forget(struct ui *ui, struct effects *effects);

/* A survey that is looked at beside a page: another name, or the same from elsewhere. Its questions
 * are asked like those of the pages. Takes the vantage (NULL for none). Owned by the ui until
 * visit_close. */
struct visit *visit_compared(struct ui *ui, const struct subject *subject, struct vantage *vantage);
/* Its questions go to this host, once its address is known. */
void visit_through(struct visit *visit, const struct vantage_spec *server);
void visit_close(struct ui *ui, struct visit *visit, struct effects *effects);

/* The sites and GUIDs that its survey asks for, in the arena. */
void visit_places(const struct visit *visit, struct strings *places, struct arena *arena);
/* Goes to where records asked for by their type are shown. */
void visit_show_records(struct ui *ui, struct visit *visit, const struct record_request *request);

/* Hands the reply to every visit that waits for it. */
void visit_reply(struct ui *ui, struct reply *reply);
/* Ends what has been waited for longer than settings.time_limit_ms. */
void visit_end_late(struct ui *ui, struct effects *effects);
/* Asks what the pages want to know next, the page shown first. */
void visit_ask(struct ui *ui, struct effects *effects);

/* Rows as the answers are now. */
void visit_refresh(struct ui *ui, struct visit *visit);
/* Remembers on which row the cursor of a pane stands. */
void visit_note_cursor(struct visit *visit, enum pane pane);

#endif
