# shellcheck shell=sh disable=SC2154,SC2016 # read by configure, whose names it uses; $(...) in quotes is make's
# The explicit rules of the Makefile, so that it needs nothing that only one make has.

# The explicit rules: an object for each source, an archive for each floor, a program for each test.
below() { # the floors that floor $1 stands on, itself first
	case $1 in
	base) echo base ;;
	dns) echo dns base ;;
	mail) echo mail dns base ;;
	net) echo net dns base ;;
	survey) echo survey mail dns base ;;
	report) echo report survey mail dns base ;;
	view) echo view report survey mail dns base ;;
	app) echo app view report survey mail dns base ;;
	term) echo term app view report survey mail dns base ;;
	all) echo term net app view report survey mail dns base ;;
	esac
}
objects() { grep -e "^$1/[^/]*\\.c\$" "$work/sources" | grep -v -e "${2:-^\$}" | sed 's/c$/o/' | tr '\n' ' '; }
program() { # program PATH OBJECTS FLOORS EXTRA-LIBS
	archives='' libraries=''
	for below in $3; do
		[ -z "$(objects "src/$below")" ] || archives="$archives src/$below/lib$below.a"
		libraries="$libraries \$(LIBS_$below)"
	done
	printf '%s: %s%s\n' "$1" "$2" "$archives"
	printf '\t$(SAY) LINK $@\n\t$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ %s%s%s%s $(LIBS)\n\n' "$2" "$archives" "$4" "$libraries"
}
write_rules() {
	grep -e '\.c$' "$work/sources" | while read -r file; do
		# shellcheck disable=SC2016 # make's variables
		printf '%s: $(srcdir)/%s config.flags\n\t$(SAY) CC $@\n\t$(Q)$(COMPILE) -c -o $@ $(srcdir)/%s\n\n' "${file%c}o" "$file" "$file"
	done
	for floor in $floors; do
		of_floor=$(objects "src/$floor")
		[ -n "$of_floor" ] || continue
		[ "$floor" != base ] || of_floor="${of_floor}embedded_files.o"
		# shellcheck disable=SC2016 # make's variables
		printf 'src/%s/lib%s.a: %s Makefile\n\t$(SAY) AR $@\n\t$(Q)rm -f $@\n\t$(Q)$(AR) crs $@ %s\n\n' "$floor" "$floor" "$of_floor" "$of_floor"
	done
	[ ! -f "$srcdir/src/main.c" ] || program $package "$(objects src)" "$(below all)" ''
	for floor in $floors; do
		shared=$(objects "tests/unit/$floor" /test_)
		for object in $(objects "tests/unit/$floor"); do
			case $object in */test_*) program "${object%.o}" "$object $shared" "$(below "$floor")" ' $(CMOCKA_LIBS)' ;; esac
		done
	done
	for object in $(objects tests/bench) $(objects tests/server) $(objects tests/terminal); do
		program "${object%.o}" "$object" "$(below all)" ''
	done
	for object in $(objects tests/fuzz); do
		case $object in */fuzz_*) program "${object%.o}" "$object tests/fuzz/driver.o" "$(below all)" '' ;; esac
	done
	sed -n 's/^\(.*\)\.c$/-include \1.d/p' "$work/sources"
}
programs() { for object in $(objects "$1"); do case $object in */${2-}*) printf '%s ' "${object%.o}" ;; esac; done; }
