#include "dns/type.h"

#include "base/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct named {
    int number;
    const char *name;
};

static const struct named types[] = {
    {1, "A"},           {2, "NS"},      {5, "CNAME"},   {6, "SOA"},       {12, "PTR"},
    {13, "HINFO"},      {15, "MX"},     {16, "TXT"},    {17, "RP"},       {18, "AFSDB"},
    {24, "SIG"},        {25, "KEY"},    {28, "AAAA"},   {29, "LOC"},      {33, "SRV"},
    {35, "NAPTR"},      {36, "KX"},     {37, "CERT"},   {39, "DNAME"},    {41, "OPT"},
    {42, "APL"},        {43, "DS"},     {44, "SSHFP"},  {45, "IPSECKEY"}, {46, "RRSIG"},
    {47, "NSEC"},       {48, "DNSKEY"}, {49, "DHCID"},  {50, "NSEC3"},    {51, "NSEC3PARAM"},
    {52, "TLSA"},       {53, "SMIMEA"}, {55, "HIP"},    {59, "CDS"},      {60, "CDNSKEY"},
    {61, "OPENPGPKEY"}, {62, "CSYNC"},  {63, "ZONEMD"}, {64, "SVCB"},     {65, "HTTPS"},
    {99, "SPF"},        {104, "NID"},   {105, "L32"},   {106, "L64"},     {107, "LP"},
    {108, "EUI48"},     {109, "EUI64"}, {249, "TKEY"},  {250, "TSIG"},    {251, "IXFR"},
    {252, "AXFR"},      {255, "ANY"},   {256, "URI"},   {257, "CAA"},
};

static const struct named rcodes[] = {
    {0, "NOERROR"},  {1, "FORMERR"},    {2, "SERVFAIL"}, {3, "NXDOMAIN"},  {4, "NOTIMP"},
    {5, "REFUSED"},  {6, "YXDOMAIN"},   {7, "YXRRSET"},  {8, "NXRRSET"},   {9, "NOTAUTH"},
    {10, "NOTZONE"}, {11, "DSOTYPENI"}, {16, "BADVERS"}, {17, "BADKEY"},   {18, "BADTIME"},
    {19, "BADMODE"}, {20, "BADNAME"},   {21, "BADALG"},  {22, "BADTRUNC"}, {23, "BADCOOKIE"},
};

static const char *name_of(const struct named *table, size_t count, int number)
{
    for (size_t i = 0; i < count; i++)
        if (table[i].number == number)
            return table[i].name;
    return NULL;
}

const char *type_text(uint16_t type, char out[TYPE_TEXT])
{
    const char *name = name_of(types, sizeof types / sizeof *types, type);

    if (name)
        strcpy(out, name);
    else
        snprintf(out, TYPE_TEXT, "TYPE%u", type);
    return out;
}

/* The number behind "TYPE": up to five digits, no sign, at most 65535. */
static bool parse_number(const char *digits, uint16_t *type)
{
    size_t length = strspn(digits, "0123456789");
    unsigned long number;

    if (length == 0 || length > 5 || digits[length] != '\0')
        return false;
    number = strtoul(digits, NULL, 10);
    if (number > UINT16_MAX)
        return false;
    *type = (uint16_t)number;
    return true;
}

bool type_parse(const char *text, uint16_t *type)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcasecmp(types[i].name, text) == 0) {
            *type = (uint16_t)types[i].number;
            return true;
        }
    return strncasecmp(text, "TYPE", 4) == 0 && parse_number(text + 4, type);
}

bool type_is_askable(uint16_t type)
{
    return type && type != TYPE_OPT && (type < 128 || type > TYPE_ANY);
}

const char *type_rcode_text(int rcode, char out[RCODE_TEXT])
{
    const char *name = name_of(rcodes, sizeof rcodes / sizeof *rcodes, rcode);

    if (name)
        strcpy(out, name);
    else
        snprintf(out, RCODE_TEXT, "RCODE%d", rcode);
    return out;
}

const char *type_extended_error_text(int code)
{
    static const char *const texts[] = {
        N_("other error"),
        N_("DNSKEY algorithm not supported"),
        N_("DS digest type not supported"),
        N_("stale answer"),
        N_("forged answer"),
        N_("DNSSEC indeterminate"),
        N_("DNSSEC bogus"),
        N_("signature expired"),
        N_("signature not yet valid"),
        N_("DNSKEY missing"),
        N_("RRSIGs missing"),
        N_("no zone key bit set"),
        N_("NSEC missing"),
        N_("cached error"),
        N_("not ready"),
        N_("blocked"),
        N_("censored"),
        N_("filtered"),
        N_("prohibited"),
        N_("stale NXDOMAIN answer"),
        N_("not authoritative"),
        N_("not supported"),
        N_("no reachable authority"),
        N_("network error"),
        N_("invalid data"),
    };

    return code < (int)(sizeof texts / sizeof *texts) ? texts[code] : N_("extended error");
}
