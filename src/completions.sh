#!/bin/sh
# completions.sh FOLDER: installs the completion for bash, zsh and fish below FOLDER, as the program
# $MXTRAIL prints it. With --remove in front: takes it away.
set -eu

action=install
[ "$1" != --remove ] || { action=remove; shift; }
for place in bash:bash-completion/completions/mxtrail zsh:zsh/site-functions/_mxtrail \
	fish:fish/vendor_completions.d/mxtrail.fish; do
	file=$1/${place#*:}
	if [ $action = remove ]; then
		rm -f "$file"
		continue
	fi
	mkdir -p "${file%/*}"
	"$MXTRAIL" --completion "${place%%:*}" >"$file"
	chmod 644 "$file"
done
