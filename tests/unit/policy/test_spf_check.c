/* check_host() section by section (RFC 7208): who may send, and which rule says so. */
#include "policy/spf/spf.h"

#include "base/text.h"

#include "unit/check.h"
#include "unit/policy/spf_zone.h"
#include "unit/worlds/zone_world.h"

#include <stdlib.h>
#include <string.h>

struct sending {
    const char *section, *ip, *from, *helo;
    enum spf_result result;
    const char *explanation; /* NULL: none */
};

#define V4    "192.0.2.1"
#define OTHER "198.51.100.1"
#define V6    "2001:db8::1"

static const struct sending sendings[] = {
    {"2.4 HELO", V4, "", "helo.host.example.com", SPF_PASS, NULL},
    {"2.4 HELO", OTHER, "", "helo.host.example.com", SPF_FAIL, "postmaster@helo.host.example.com"},
    {"4.3 long label", V4,
     "x@a123456789012345678901234567890123456789012345678901234567890123.example.com", NULL,
     SPF_NONE, NULL},
    {"4.3 empty label", V4, "x@a..example.com", NULL, SPF_NONE, NULL},
    {"4.3 not fully qualified", V4, "", "localhost", SPF_NONE, NULL},
    {"4.3 literal", V4, "", "[192.0.2.1]", SPF_NONE, NULL},
    {"4.3 literal", V4, "x@[192.0.2.1]", "h", SPF_NONE, NULL},
    {"4.3 empty", V4, "x@", "h", SPF_NONE, NULL},
    {"4.3 final dot", V4, "x@plain.example.com.", NULL, SPF_PASS, NULL},
    {"4.3 no local part", OTHER, "@m-slod.example.com", NULL, SPF_FAIL,
     "postmaster@m-slod.example.com postmaster m-slod.example.com m-slod.example.com"},
    {"4.3 no at sign", OTHER, "m-slod.example.com", NULL, SPF_FAIL,
     "postmaster@m-slod.example.com postmaster m-slod.example.com m-slod.example.com"},
    {"4.4 none", V4, "x@nothing.example.com", NULL, SPF_NONE, NULL},
    {"4.4 nxdomain", V4, "x@missing.example.com", NULL, SPF_NONE, NULL},
    {"4.4 timeout", V4, "x@y.silent.example.com", NULL, SPF_TEMPERROR, NULL},
    {"4.4 servfail", V4, "x@y.broken.example.com", NULL, SPF_TEMPERROR, NULL},
    {"4.4 no type 99", V4, "x@typed.example.com", NULL, SPF_NONE, NULL},
    {"4.4 alias", V4, "x@alias.example.com", NULL, SPF_PASS, NULL},
    {"4.5 case", V4, "x@upper.example.com", NULL, SPF_PASS, NULL},
    {"4.5 strings joined without blank", V4, "x@split.example.com", NULL, SPF_PASS, NULL},
    {"4.5 version not ended", V4, "x@gap.example.com", NULL, SPF_NONE, NULL},
    {"4.5 v=spf10", V4, "x@ten.example.com", NULL, SPF_NONE, NULL},
    {"4.5 others beside", V4, "x@beside.example.com", NULL, SPF_PASS, NULL},
    {"4.5 several", V4, "x@twice.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6 syntax first", V4, "x@late-error.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.1 blanks", V4, "x@blanks.example.com", NULL, SPF_PASS, NULL},
    {"4.6.1 tab", V4, "x@tab.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.1 not ASCII", V4, "x@high.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.1 NUL", V4, "x@null-octet.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.1 modifier", V4, "x@modifier.example.com", NULL, SPF_PASS, NULL},
    {"4.6.1 modifier name", V4, "x@modifier-digit.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.1 modifier name", V4, "x@modifier-none.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.1 modifier name", V4, "x@modifier-colon.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.1 modifier value", V4, "x@modifier-macro.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.1 redirect:", V4, "x@redirect-colon.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.1 qualifier", V4, "x@qualified-modifier.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.2 first match", V4, "x@order.example.com", NULL, SPF_FAIL, NULL},
    {"4.6.2 first match", "192.0.2.9", "x@order.example.com", NULL, SPF_PASS, NULL},
    {"4.6.2 first match", OTHER, "x@order.example.com", NULL, SPF_SOFTFAIL, NULL},
    {"4.7 default", OTHER, "x@neutral-default.example.com", NULL, SPF_NEUTRAL, NULL},
    {"4.7 empty record", V4, "x@empty.example.com", NULL, SPF_NEUTRAL, NULL},
    {"5.1 all", V4, "x@all-dot.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.1 all", V4, "x@all-name.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.1 all", V4, "x@all-cidr.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.1 all", V4, "x@all-soft.example.com", NULL, SPF_SOFTFAIL, NULL},
    {"5.1 all", V4, "x@all-neutral.example.com", NULL, SPF_NEUTRAL, NULL},
    {"5.1 all", V4, "x@all-twice.example.com", NULL, SPF_PASS, NULL},
    {"5.1 redirect ignored", V4, "x@all-redirect.example.com", NULL, SPF_SOFTFAIL, NULL},
    {"5.2 pass", V4, "x@inc-pass.example.com", NULL, SPF_PASS, NULL},
    {"5.2 fail is no match", OTHER, "x@inc-pass.example.com", NULL, SPF_FAIL, NULL},
    {"5.2 qualifier", V4, "x@inc-qualified.example.com", NULL, SPF_NEUTRAL, NULL},
    {"5.2 softfail is no match", V4, "x@inc-soft.example.com", NULL, SPF_FAIL, NULL},
    {"5.2 neutral is no match", V4, "x@inc-neutral.example.com", NULL, SPF_PASS, NULL},
    {"5.2 none", V4, "x@inc-none.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.2 none", V4, "x@inc-missing.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.2 permerror", V4, "x@inc-error.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.2 temperror", V4, "x@inc-silent.example.com", NULL, SPF_TEMPERROR, NULL},
    {"5.2 syntax", V4, "x@inc-empty.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.2 syntax", V4, "x@inc-bare.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.2 syntax", V4, "x@inc-cidr.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.2 final dot", V4, "x@inc-dot.example.com", NULL, SPF_PASS, NULL},
    {"5.2 not reached", V4, "x@inc-order.example.com", NULL, SPF_PASS, NULL},
    {"5.2 reached", OTHER, "x@inc-order.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.2 loop", V4, "x@inc-loop.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.2 redirect inside", V4, "x@inc-redirect.example.com", NULL, SPF_PASS, NULL},
    {"5.3 a", V4, "x@a.example.com", NULL, SPF_PASS, NULL},
    {"5.3 a", V6, "x@a.example.com", NULL, SPF_PASS, NULL},
    {"5.3 a", OTHER, "x@a.example.com", NULL, SPF_FAIL, NULL},
    {"5.3 mapped", "::ffff:192.0.2.1", "x@a.example.com", NULL, SPF_PASS, NULL},
    {"5.3 a:", V4, "x@a-far.example.com", NULL, SPF_PASS, NULL},
    {"5.3 /24", V4, "x@a24.example.com", NULL, SPF_PASS, NULL},
    {"5.3 /24 is IPv4 only", V6, "x@a24.example.com", NULL, SPF_FAIL, NULL},
    {"5.3 //32 is IPv6 only", V4, "x@a6.example.com", NULL, SPF_FAIL, NULL},
    {"5.3 //32", V6, "x@a6.example.com", NULL, SPF_PASS, NULL},
    {"5.3 dual", V4, "x@adual.example.com", NULL, SPF_PASS, NULL},
    {"5.3 dual", V6, "x@adual.example.com", NULL, SPF_PASS, NULL},
    {"5.3 a:name/24", V4, "x@a-far24.example.com", NULL, SPF_PASS, NULL},
    {"5.3 /0 needs an address", V4, "x@a0.example.com", NULL, SPF_PASS, NULL},
    {"5.3 /0 needs an address", V6, "x@a0.example.com", NULL, SPF_FAIL, NULL},
    {"5.3 /0 needs an address", V4, "x@a0-missing.example.com", NULL, SPF_FAIL, NULL},
    {"5.3 length", V4, "x@a33.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.3 length", V4, "x@a129.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.3 length", V4, "x@a024.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.3 length", V4, "x@aslash.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.3 length", V4, "x@abare.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.3 name", V4, "x@aempty.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.3 timeout", V4, "x@a-silent.example.com", NULL, SPF_TEMPERROR, NULL},
    {"5.3 alias", V4, "x@a-alias.example.com", NULL, SPF_PASS, NULL},
    {"5.4 mx", V4, "x@mx.example.com", NULL, SPF_PASS, NULL},
    {"5.4 mx", "192.0.2.2", "x@mx.example.com", NULL, SPF_PASS, NULL},
    {"5.4 mx", "2001:db8::2", "x@mx.example.com", NULL, SPF_PASS, NULL},
    {"5.4 mx", OTHER, "x@mx.example.com", NULL, SPF_FAIL, NULL},
    {"5.4 mx:", V4, "x@mx-far.example.com", NULL, SPF_PASS, NULL},
    {"5.4 dual", "192.0.2.99", "x@mx24.example.com", NULL, SPF_PASS, NULL},
    {"5.4 dual", "2001:db8:1::", "x@mx24.example.com", NULL, SPF_PASS, NULL},
    {"5.4 no implicit MX", V4, "x@mx-implicit.example.com", NULL, SPF_SOFTFAIL, NULL},
    {"5.4 null MX", V4, "x@mx-null.example.com", NULL, SPF_SOFTFAIL, NULL},
    {"5.4 dangling", V4, "x@mx-dangling.example.com", NULL, SPF_PASS, NULL},
    {"5.4 timeout", V4, "x@mx-silent.example.com", NULL, SPF_TEMPERROR, NULL},
    {"5.5 ptr", OTHER, "x@ptr.example.com", NULL, SPF_PASS, NULL},
    {"5.5 ptr", "2001:db8:5::1", "x@ptr.example.com", NULL, SPF_PASS, NULL},
    {"5.5 not confirmed", "198.51.100.2", "x@ptr.example.com", NULL, SPF_FAIL, NULL},
    {"5.5 no reverse name", V4, "x@ptr.example.com", NULL, SPF_FAIL, NULL},
    {"5.5 ptr:", OTHER, "x@ptr-far.example.com", NULL, SPF_PASS, NULL},
    {"5.5 other domain", OTHER, "x@ptr-other.example.com", NULL, SPF_FAIL, NULL},
    {"5.5 whole labels", OTHER, "x@ptr-part.example.com", NULL, SPF_FAIL, NULL},
    {"5.5 syntax", OTHER, "x@ptr-cidr.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.5 syntax", OTHER, "x@ptr-empty.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 /0", V4, "x@ip0.example.com", NULL, SPF_PASS, NULL},
    {"5.6 /32", V4, "x@ip32.example.com", NULL, SPF_PASS, NULL},
    {"5.6 /32", "192.0.2.2", "x@ip32.example.com", NULL, SPF_FAIL, NULL},
    {"5.6 syntax", V4, "x@ip33.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 syntax", V4, "x@ip032.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 syntax", V4, "x@ip-bare.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 syntax", V4, "x@ip-port.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 syntax", V4, "x@ip-short.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 syntax", V4, "x@ip-dual.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 syntax", V4, "x@ip-zero.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 syntax", V4, "x@ip-slash.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 family", V4, "x@ip-wrong.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 family", V4, "x@ip6-wrong.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 ip6", "2001:db8:8000::5", "x@ip6.example.com", NULL, SPF_PASS, NULL},
    {"5.6 ip6", "2001:db8:7000::5", "x@ip6.example.com", NULL, SPF_FAIL, NULL},
    {"5.6 ip6 /0", V6, "x@ip6-0.example.com", NULL, SPF_PASS, NULL},
    {"5.6 IPv4 never matches ip6", V4, "x@ip6-0.example.com", NULL, SPF_NEUTRAL, NULL},
    {"5.6 mapped never matches ip6", "::ffff:192.0.2.1", "x@ip6-0.example.com", NULL, SPF_NEUTRAL,
     NULL},
    {"5.6 mapped is IPv4", "::ffff:192.0.2.1", "x@mapped.example.com", NULL, SPF_FAIL, NULL},
    {"5.6 syntax", V4, "x@ip6-129.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 syntax", V4, "x@ip6-dual.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 syntax", V4, "x@ip6-two.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.6 syntax", V4, "x@ip6-bare.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.7 exists", OTHER, "x@exists.example.com", NULL, SPF_PASS, NULL},
    {"5.7 A also for IPv6", V6, "x@exists.example.com", NULL, SPF_PASS, NULL},
    {"5.7 AAAA does not count", V6, "x@exists-v6.example.com", NULL, SPF_FAIL, NULL},
    {"5.7 syntax", V4, "x@exists-empty.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.7 syntax", V4, "x@exists-bare.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.7 syntax", V4, "x@exists-cidr.example.com", NULL, SPF_PERMERROR, NULL},
    {"5.7 timeout", V4, "x@exists-silent.example.com", NULL, SPF_TEMPERROR, NULL},
    {"6 unknown modifier", V4, "x@modifier-default.example.com", NULL, SPF_NEUTRAL, NULL},
    {"6.1 redirect", V4, "x@redir.example.com", NULL, SPF_PASS, NULL},
    {"6.1 redirect", OTHER, "x@redir.example.com", NULL, SPF_FAIL, NULL},
    {"6.1 after the mechanisms", "203.0.113.9", "x@redir-late.example.com", NULL, SPF_PASS, NULL},
    {"6.1 target's domain counts", V4, "x@redir-self.example.com", NULL, SPF_PASS, NULL},
    {"6.1 none", V4, "x@redir-none.example.com", NULL, SPF_PERMERROR, NULL},
    {"6.1 syntax", V4, "x@redir-empty.example.com", NULL, SPF_PERMERROR, NULL},
    {"6.1 syntax", V4, "x@redir-bad.example.com", NULL, SPF_PERMERROR, NULL},
    {"6 twice", V4, "x@redir-twice.example.com", NULL, SPF_PERMERROR, NULL},
    {"6.1 loop", V4, "x@redir-loop.example.com", NULL, SPF_PERMERROR, NULL},
    {"6.1 timeout", V4, "x@redir-silent.example.com", NULL, SPF_TEMPERROR, NULL},
    {"6.2 exp", V4, "x@exp.example.com", NULL, SPF_FAIL, "No entry."},
    {"6.2 only for fail", V4, "x@exp-soft.example.com", NULL, SPF_SOFTFAIL, NULL},
    {"6.2 not across redirect", V4, "x@exp-redirect.example.com", NULL, SPF_FAIL, NULL},
    {"6.2 the target's", V4, "x@exp-redirected.example.com", NULL, SPF_FAIL, "No entry."},
    {"6.2 not the included", V4, "x@exp-include.example.com", NULL, SPF_FAIL, "My words."},
    {"6.2 several", V4, "x@exp-two.example.com", NULL, SPF_FAIL, NULL},
    {"6.2 no TXT", V4, "x@exp-none.example.com", NULL, SPF_FAIL, NULL},
    {"6.2 nxdomain", V4, "x@exp-missing.example.com", NULL, SPF_FAIL, NULL},
    {"6.2 timeout", V4, "x@exp-silent.example.com", NULL, SPF_FAIL, NULL},
    {"6.2 empty", V4, "x@exp-empty.example.com", NULL, SPF_PERMERROR, NULL},
    {"6.2 syntax", V4, "x@exp-syntax.example.com", NULL, SPF_PERMERROR, NULL},
    {"6 twice", V4, "x@exp-twice.example.com", NULL, SPF_PERMERROR, NULL},
    {"6.2 bad macro", V4, "x@exp-bad.example.com", NULL, SPF_FAIL, NULL},
    {"6.2 printable only", V4, "x@exp-control.example.com", NULL, SPF_FAIL, NULL},
    {"6.2 ASCII only", V4, "x@exp-high.example.com", NULL, SPF_FAIL, NULL},
    {"4.6.4 exp is not counted", V4, "x@exp-void.example.com", NULL, SPF_FAIL, NULL},
    {"7.1 name", V4, "x@a-literal.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.1 name", V4, "x@a-port.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.1 name", V4, "x@a-top.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.1 name", V4, "x@a-top-dot.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.1 name", V4, "x@a-hyphen.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.1 hyphens inside", V4, "x@a-idn.example.com", NULL, SPF_PASS, NULL},
    {"7.1 odd characters", V4, "x@a-odd.example.com", NULL, SPF_PASS, NULL},
    {"4.8 no name: no match", V4, "x@a-dots.example.com", NULL, SPF_FAIL, NULL},
    {"4.8 no name: no match", V4, "x@a-long.example.com", NULL, SPF_FAIL, NULL},
    {"7.2 s l o d", V4, "strong-bad@m-slod.example.com", NULL, SPF_FAIL,
     "strong-bad@m-slod.example.com strong-bad m-slod.example.com m-slod.example.com"},
    {"7.2 i v h c r t", V4, "x@m-ivhcrt.example.com", "mx.example.org", SPF_FAIL,
     "192.0.2.1 in-addr mx.example.org 192.0.2.1 receiver.example 1700000000"},
    {"7.2 i v h c r t", "2001:db8::cb01", "x@m-ivhcrt.example.com", "mx.example.org", SPF_FAIL,
     "2.0.0.1.0.D.B.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.C.B.0.1 ip6 mx.example.org "
     "2001:db8::cb01 receiver.example 1700000000"},
    {"7.3 reversed", V4, "x@m-ir.example.com", NULL, SPF_FAIL, "1.2.0.192.in-addr.arpa"},
    {"7.2 p", OTHER, "x@m-p.example.com", NULL, SPF_FAIL, "from host.ptr.example.com"},
    {"7.2 p unknown", "198.51.100.2", "x@m-p.example.com", NULL, SPF_FAIL, "from unknown"},
    {"7.2 p: the domain itself", "198.51.100.3", "x@m-p.example.com", NULL, SPF_FAIL,
     "from m-p.example.com"},
    {"7.2 p: a subdomain", "198.51.100.4", "x@m-p.example.com", NULL, SPF_FAIL,
     "from host.m-p.example.com"},
    {"7.2 p in a name", OTHER, "x@m-p2.example.com", NULL, SPF_PASS, NULL},
    {"7.1 %% %_ %-", V4, "x@m-percent.example.com", NULL, SPF_PASS, NULL},
    {"7.3 upper case escapes", V4, "~jack&jill=up-a_b3.c@m-escape.example.com", NULL, SPF_FAIL,
     "~jack%26jill%3Dup-a_b3.c"},
    {"7.1 parts, reversed", V4, "c-b-a@m-parts.example.com", NULL, SPF_FAIL, NULL},
    {"7.1 parts, reversed", V4, "b-c@m-parts.example.com", NULL, SPF_PASS, NULL},
    {"7.1 delimiters", V4, "b-c+d@m-delims.example.com", NULL, SPF_PASS, NULL},
    {"7.3 parts", V4, "a-b+c@m-right.example.com", NULL, SPF_FAIL,
     "example.com com.example.m-right example.m-right m-right.example.com c b+c.a"},
    {"7.2 d of the record", V4, "x@m-d.example.com", NULL, SPF_PASS, NULL},
    {"7.1 no parts", V4, "x@m-zero.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.1 letter", V4, "x@m-unknown.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.1 open", V4, "x@m-open.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.1 lone %", V4, "x@m-lone.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.1 lone %", V4, "x@m-paren.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.1 lone %", V4, "x@m-end.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.2 c r t in exp only", V4, "x@m-exp-only.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.2 c r t in exp only", V4, "x@m-exp-only2.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.1 ends in a macro", V4, "x@m-tail.example.com", "helo.host.example.com", SPF_PASS, NULL},
    {"7.1 ends in a macro", V4, "x@m-tail.example.com", "[192.0.2.1]", SPF_FAIL, NULL},
    {"7.1 ends in a macro", V4, "x@m-tail.example.com", "JUMPIN' JUPITER", SPF_FAIL, NULL},
    {"7.1 dot behind a macro", V4, "x@m-tail-dot.example.com", NULL, SPF_PERMERROR, NULL},
    {"7.3 253 octets", V4, "x@aaaaaaaaaaaaaaa.m-long.example.com", NULL, SPF_PASS, NULL},
    {"4.6.4 ten lookups", OTHER, "x@ten-lookups.example.com", NULL, SPF_PASS, NULL},
    {"4.6.4 eleven lookups", OTHER, "x@eleven-lookups.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.4 match before the limit", V4, "x@eleven-lookups.example.com", NULL, SPF_PASS, NULL},
    {"4.6.4 ten, nested", OTHER, "x@nested-ten.example.com", NULL, SPF_FAIL, NULL},
    {"4.6.4 eleven, nested", OTHER, "x@nested-eleven.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.4 two voids", V4, "x@two-voids.example.com", NULL, SPF_NEUTRAL, NULL},
    {"4.6.4 three voids", V4, "x@three-voids.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.4 three voids, not reached", OTHER, "x@all-voids.example.com", NULL, SPF_PASS, NULL},
    {"4.6.4 ten exchanges", "192.0.2.2", "x@mx10.example.com", NULL, SPF_PASS, NULL},
    {"4.6.4 eleven exchanges", V4, "x@mx11.example.com", NULL, SPF_PERMERROR, NULL},
    {"4.6.4 no limit for a", "192.0.2.22", "x@fifteen.example.com", NULL, SPF_PASS, NULL},
};

/* What is left of the name m-long asks for when labels were dropped from its 300 octets. */
static void add_long_name(struct text *text)
{
    text_add(text, "m-long.example.com.");
    for (int i = 0; i < 6; i++)
        text_add(text, "aaaaaaaaaaaaaaa.m-long.example.com.");
    text_add(text, "end.example.com. A 127.0.0.2\n");
}

static int open_zone(void **state)
{
    struct zone_world *world = memory_new(1, sizeof *world);
    struct text text = {0};

    for (const char *const *line = spf_zone; *line; line++)
        text_add(&text, *line);
    add_long_name(&text);
    zone_world_init(world, text_get(&text));
    text_clear(&text);
    world->silent = "silent.example.com.";
    world->broken = "broken.example.com.";
    *state = world;
    return 0;
}

static int close_zone(void **state)
{
    zone_world_clear(*state);
    free(*state);
    return 0;
}

static struct spf_verdict *judge(struct zone_world *world, const char *ip, const char *from,
                                 const char *helo)
{
    struct spf_sender sender = {
        .from = from, .helo = helo, .receiver = "receiver.example", .now = 1700000000};
    struct spf_verdict *verdict;

    assert_true(address_parse(ip, &sender.ip));
    world->rounds = 0;
    ZONE_WORLD_SETTLE(world, verdict, spf_check(&world->lookup, world->arena, &sender));
    assert_true(verdict->complete);
    return verdict;
}

static bool equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void every_section_of_rfc_7208_gives_its_result(void **state)
{
    size_t wrong = 0;

    for (size_t i = 0; i < sizeof sendings / sizeof sendings[0]; i++) {
        const struct sending *sending = &sendings[i];
        struct spf_verdict *verdict = judge(*state, sending->ip, sending->from, sending->helo);

        if (verdict->result == sending->result && equal(verdict->explanation, sending->explanation))
            continue;
        wrong++;
        print_error("%s: %s from %s helo %s: %s (%s), not %s; \"%s\", not \"%s\"\n",
                    sending->section, sending->ip, sending->from,
                    sending->helo ? sending->helo : "-", spf_result_text(verdict->result),
                    verdict->why, spf_result_text(sending->result),
                    verdict->explanation ? verdict->explanation : "-",
                    sending->explanation ? sending->explanation : "-");
    }
    assert_int_equal(wrong, 0);
}

/* ---- the path, and how questions are asked ---- */

static void the_path_names_every_term_that_was_tried(void **state)
{
    struct spf_verdict *verdict = judge(*state, OTHER, "x@exp-include.example.com", NULL);

    assert_int_equal(verdict->step_count, 3);
    assert_string_equal(verdict->steps[0].term, "include:exp.example.com");
    assert_int_equal(verdict->steps[0].outcome, SPF_STEP_NO_MATCH);
    assert_string_equal(verdict->steps[1].term, "-all");
    assert_string_equal(verdict->steps[1].domain, "exp.example.com");
    assert_int_equal(verdict->steps[1].depth, 1);
    assert_string_equal(verdict->steps[2].domain, "exp-include.example.com");
    assert_int_equal(verdict->steps[2].outcome, SPF_STEP_MATCH);
    assert_string_equal(verdict->mechanism, "-all");
    assert_int_equal(verdict->lookups, 1);
}

static void a_default_result_has_no_mechanism(void **state)
{
    assert_null(judge(*state, OTHER, "x@neutral-default.example.com", NULL)->mechanism);
    assert_string_equal(judge(*state, V4, "x@inc-pass.example.com", NULL)->mechanism,
                        "include:plain.example.com");
}

/* All includes of a record are asked in one round, not one after the other. */
static void the_includes_of_a_record_are_asked_at_once(void **state)
{
    static const char text[] =
        "@ TXT \"v=spf1 include:a.example.com include:b.example.com mx a:c.example.com -all\"\n"
        "a TXT \"v=spf1 ip4:192.0.2.1\"\nb TXT \"v=spf1 ip4:192.0.2.2\"\n@ MX 10 c\nc A "
        "192.0.2.3\n";
    struct spf_sender sender = {.from = "x@example.com"};
    struct spf_verdict *verdict;
    struct zone_world world;

    (void)state;
    zone_world_init(&world, text);
    assert_true(address_parse("192.0.2.9", &sender.ip));
    ZONE_WORLD_SETTLE(&world, verdict, spf_check(&world.lookup, world.arena, &sender));
    assert_int_equal(verdict->result, SPF_FAIL);
    assert_int_equal(world.rounds, 3); /* TXT; 2 TXT, MX, A; nothing more */
    assert_int_equal(world.asked, 5);
    zone_world_clear(&world);
}

/* A certain match ends the asking: what stands behind it is not needed. */
static void nothing_is_asked_behind_a_match(void **state)
{
    static const char text[] = "@ TXT \"v=spf1 ip4:192.0.2.1 include:a.example.com -all\"\n";
    struct spf_sender sender = {.from = "x@example.com"};
    struct spf_verdict *verdict;
    struct zone_world world;

    (void)state;
    zone_world_init(&world, text);
    assert_true(address_parse("192.0.2.1", &sender.ip));
    ZONE_WORLD_SETTLE(&world, verdict, spf_check(&world.lookup, world.arena, &sender));
    assert_int_equal(verdict->result, SPF_PASS);
    assert_int_equal(world.asked, 1);
    zone_world_clear(&world);
}

/* An unanswered term in front keeps the verdict open even when a later one matches. */
static void a_verdict_is_not_given_before_its_answers(void **state)
{
    struct zone_world *world = *state;
    struct spf_sender sender = {.from = "x@a-far.example.com"};
    struct answers *none = answers_new();
    struct lookup blind = {.answers = none};
    struct spf_verdict *verdict;

    assert_true(address_parse(V4, &sender.ip));
    verdict = spf_check(&blind, world->arena, &sender);
    assert_false(verdict->complete);
    answers_free(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_section_of_rfc_7208_gives_its_result),
        cmocka_unit_test(the_path_names_every_term_that_was_tried),
        cmocka_unit_test(a_default_result_has_no_mechanism),
        cmocka_unit_test(the_includes_of_a_record_are_asked_at_once),
        cmocka_unit_test(nothing_is_asked_behind_a_match),
        cmocka_unit_test(a_verdict_is_not_given_before_its_answers),
    };

    return cmocka_run_group_tests_name("spf_check", tests, open_zone, close_zone);
}
