# Prints what the tab offers behind $1, as bash-completion finds it: below the folders of XDG_DATA_DIRS.
. /usr/share/bash-completion/bash_completion
_completion_loader trove-manage
complete -p trove-manage >&2 || exit 1
function=$(complete -p trove-manage | sed 's/.* -F \([^ ]*\) .*/\1/')
# Readline breaks words at '=', and keeps it as one.
mapfile -t COMP_WORDS < <(sed 's/=/ = /g' <<<"$1" | tr -s ' ' '\n')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE=$1
COMP_POINT=${#COMP_LINE}
COMPREPLY=()
"$function" trove-manage "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
