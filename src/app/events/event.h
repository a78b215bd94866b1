/* Everything that happens to the program is one of these, with a one-line text form, so that a run
 * can be recorded and played again: same events, same screen. */
#ifndef APP_EVENTS_EVENT_H
#define APP_EVENTS_EVENT_H

#include "base/status.h"
#include "base/text.h"
#include "dns/reply.h"

#include <stdbool.h>
#include <stdint.h>

/* Keys that are not characters; above Unicode. */
enum key {
    KEY_CODE_FIRST = 0x110000,
    KEY_CODE_UP = KEY_CODE_FIRST,
    KEY_CODE_DOWN,
    KEY_CODE_LEFT,
    KEY_CODE_RIGHT,
    KEY_CODE_HOME,
    KEY_CODE_END,
    KEY_CODE_PAGE_UP,
    KEY_CODE_PAGE_DOWN,
    KEY_CODE_INSERT,
    KEY_CODE_DELETE,
    KEY_CODE_BACKSPACE,
    KEY_CODE_BACKTAB,
    KEY_CODE_F1,
    KEY_CODE_F2,
    KEY_CODE_F3,
    KEY_CODE_F4,
    KEY_CODE_F5,
    KEY_CODE_F6,
    KEY_CODE_F7,
    KEY_CODE_F8,
    KEY_CODE_F9,
    KEY_CODE_F10,
    KEY_CODE_F11,
    KEY_CODE_F12,
    KEY_CODE_LAST,
};
/* Enter is '\r', Tab '\t', Esc 0x1b, control keys 0x01..0x1a; Alt adds this bit. */
enum { KEY_ALT = 0x200000 };

enum event_kind {
    EVENT_KEY,        /* key */
    EVENT_EDIT,       /* the line editor changed its line: text, caret */
    EVENT_SUBMIT,     /* Enter in the line editor: text */
    EVENT_PASTE,      /* text pasted while no editor has the focus (ignored but for a note) */
    EVENT_MOUSE,      /* x, y, mouse */
    EVENT_REPLY,      /* reply */
    EVENT_REPLIES,    /* reply; the next event is one that came at the same time: ask after that */
    EVENT_TICK,       /* the clock moved on */
    EVENT_RESIZE,     /* x columns, y rows */
    EVENT_HANGUP,     /* the terminal is gone, or SIGTERM: save and leave */
    EVENT_NOTE,       /* text: what came of an effect, for the message line */
    EVENT_BACKGROUND, /* text: "light" or "dark", as the terminal says */
    EVENT_SILENT, /* text: a server that answers nothing for x ms, at try y of `most`; y 0: there is
                     none any more */
    EVENT_ZONE,   /* text: the path of a master file, bytes: what is in it */
    EVENT_POLICY, /* text: a domain, bytes: its MTA-STS policy */
};

enum mouse { MOUSE_PRESS, MOUSE_DOUBLE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct event {
    enum event_kind kind;
    int64_t at_ms; /* event clock: milliseconds since the program started */
    uint32_t key;  /* a Unicode character or enum key, maybe with KEY_ALT */
    int x, y, most;
    enum mouse mouse;
    const char *text;    /* borrowed: valid UTF-8 without controls, at most 1023 bytes */
    int caret;           /* in characters */
    bool cut;            /* of a paste: there was more than `text` */
    struct octets bytes; /* borrowed */
    struct reply *reply; /* handed over to whoever applies the event */
};

/* One line without line end: "1204 key Enter", "1210 edit 7 example", "1300 reply ...". */
void event_print(const struct event *event, struct text *out);
/* Reads a line back. Text is put into `storage`, a reply is new. *why is a static sentence on
 * failure. */
enum status event_parse(const char *line, struct text *storage, struct event *event,
                        const char **why);

/* "Enter", "C-d", "PgUp", "M-x", "a": the name of a key for help, the key bar and recordings;
 * returns out. */
enum { KEY_TEXT = 24 };
const char *key_text(uint32_t key, char out[KEY_TEXT]);
bool key_parse(const char *text, uint32_t *key);

#endif
