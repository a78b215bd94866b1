/* Where the values of one JSON object are while it is made: thrown away as a whole, since to free
 * thousands of small ones takes longer than to print them. */
#ifndef REPORT_JSON_ROOM_H
#define REPORT_JSON_ROOM_H

/* From here on all that jansson makes is in the room, until it is closed: none of it may outlive
 * that, and what was made before may not be released meanwhile. One room at a time. */
void json_room_open(void);
void json_room_close(void);

#endif
