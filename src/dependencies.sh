# shellcheck shell=sh disable=SC2034,SC2154 # read by configure, whose names it uses
# What mxtrail stands on, what that is called in each package manager, and how to get it.

# What is needed: class, name, how to see it, its package for each package manager (, joins two).
# how: cmd:PROGRAM on the PATH, lib:PKG-CONFIG-NAME or hdr:HEADER by a probe, link: a program links.
dependencies() {
	cat <<-'END'
	# class name     how           apt               dnf                 pacman      apk          zypper            brew            pkg
	build cc         link          gcc,libc6-dev     gcc,glibc-devel     gcc         gcc,musl-dev gcc,glibc-devel   -               -
	build make       cmd:make      make              make                make        make         make              -               -
	build pkg-config cmd:pkg-config pkg-config       pkgconf-pkg-config  pkgconf     pkgconf      pkg-config        pkgconf         pkgconf
	build ncurses    lib:ncursesw  libncurses-dev    ncurses-devel       ncurses     ncurses-dev  ncurses-devel     ncurses         -
	build ldns       lib:ldns      libldns-dev       ldns-devel          ldns        ldns-dev     ldns-devel        ldns            ldns
	build libedit    lib:libedit   libedit-dev       libedit-devel       libedit     libedit-dev  libedit-devel     libedit         libedit
	build libuv      lib:libuv     libuv1-dev        libuv-devel         libuv       libuv-dev    libuv-devel       libuv           libuv
	build libidn2    lib:libidn2   libidn2-dev       libidn2-devel       libidn2     libidn2-dev  libidn2-devel     libidn2         libidn2
	build jansson    lib:jansson   libjansson-dev    jansson-devel       jansson     jansson-dev  libjansson-devel  jansson         jansson
	build inih       lib:inih      libinih-dev       inih-devel          libinih     inih-dev     inih-devel        inih            inih
	build uthash     hdr:uthash.h  uthash-dev        uthash-devel        uthash      uthash-dev   uthash-devel      uthash          uthash
	test  cmocka     lib:cmocka    libcmocka-dev     libcmocka-devel     cmocka      cmocka-dev   libcmocka-devel   cmocka          cmocka
	test  prove      cmd:prove     perl              perl-Test-Harness   perl        perl-utils   perl              perl            perl5
	test  tmux       cmd:tmux      tmux              tmux                tmux        tmux         tmux              tmux            tmux
	test  ps         cmd:ps        procps            procps-ng           procps-ng   procps       procps            -               -
	test  nsd        cmd:nsd       nsd               nsd                 nsd         nsd          nsd               nsd             nsd
	test  testns     cmd:ldns-testns ldnsutils       ldns-utils          ldns        ldns-tools   ldns              ldns            ldns
	test  valgrind   cmd:valgrind  valgrind          valgrind            valgrind    valgrind     valgrind          -               valgrind
	test  shellcheck cmd:shellcheck shellcheck       ShellCheck          shellcheck  shellcheck   ShellCheck        shellcheck      hs-ShellCheck
	test  ctags      cmd:ctags     universal-ctags   ctags               ctags       ctags        ctags             universal-ctags universal-ctags
	test  format     cmd:clang-format clang-format   clang-tools-extra   clang       clang-extra-tools clang        clang-format    llvm
	test  mandoc     cmd:mandoc    mandoc            mandoc              mandoc      mandoc       mandoc            mandoc          -
	END
}

package_manager() { # its column in the table, and the command that installs
	for pair in 4:apt-get 5:dnf 6:pacman 7:apk 8:zypper 9:brew 10:pkg; do
		command -v "${pair#*:}" >/dev/null 2>&1 && { column=${pair%%:*}; break; }
		column=''
	done
	case $column in
	4) install_command='apt-get install -y --no-install-recommends' ;;
	5) install_command='dnf install -y' ;;
	6) install_command='pacman -S --needed --noconfirm' ;;
	7) install_command='apk add' ;;
	8) install_command='zypper --non-interactive install' ;;
	9) install_command='brew install' ;;
	10) install_command='pkg install -y' ;;
	*) install_command='' ;;
	esac
	as_root=''
	[ "$(id -u)" = 0 ] || [ "$column" = 9 ] || as_root=$(command -v sudo || command -v doas || true)
}

missing() { # the packages of class $1 (test includes build) that are not there
	dependencies | grep -v '^#' | while read -r class _ how packages; do
		[ "$class" = build ] || [ "$1" = test ] || continue
		case $how in
		link) works ;;
		cmd:*) try command -v "${how#*:}" ;;
		lib:*) try "$PKG_CONFIG" --exists "${how#*:}" ;;
		hdr:*) has_header "${how#*:}" ;;
		esac && continue
		echo "$packages" | awk -v n=$((column - 3)) '$n != "-" { gsub(",", " ", $n); print $n }'
	done
}

# shellcheck disable=SC2086 # package names are a list of words
install_missing() {
	[ -n "$install_command" ] || die 'no package manager known here: install the libraries listed in README by hand'
	wanted=$(missing "$install" | tr '\n' ' ')
	[ -n "${wanted% }" ] || return 0
	[ -n "$as_root" ] || [ "$(id -u)" = 0 ] || [ "$column" = 9 ] || die "neither sudo nor doas is here. As root: $install_command $wanted"
	say "installing: $wanted"
	if [ "$column" = 4 ]; then
		$as_root apt-get update || say 'apt-get update failed, going on with the lists there are'
		# A name server that only the tests start must not be started by its package.
		policy=/usr/sbin/policy-rc.d
		if [ ! -e $policy ]; then
			printf '#!/bin/sh\nexit 101\n' >"$work/policy-rc.d"
			$as_root install -m 755 "$work/policy-rc.d" $policy
			trap '$as_root rm -f $policy; rm -rf "$work"' EXIT
		fi
		$as_root env DEBIAN_FRONTEND=noninteractive $install_command $wanted
	else
		$as_root $install_command $wanted
	fi || die "could not install: $wanted"
	CC=$asked_cc AR=$asked_ar PKG_CONFIG=$asked_pkg_config
	choose_tools
}

needs() { # needs NAME: says that it is missing, how to get all that is missing, and stops
	wanted=$(missing build | tr '\n' ' ')
	[ -n "$install_command" ] || die "$1 is missing (README lists what is needed)"
	die "$1 is missing. To get it: ${as_root:+${as_root##*/} }$install_command $wanted
configure: or let this script do it: $0 --install-deps (config.log has the details)"
}
