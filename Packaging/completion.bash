
# What may follow help, which the function above leaves out; Packaging/generate puts the commands in.
_trove-manage_help() {
    local -r help_commands=''
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __trove-manage_offer_flags_options -1
    [[ "${positional_number}" -ne 1 ]] || COMPREPLY+=($(compgen -W "${help_commands}" -- "${cur}"))
}

# Bash takes --option=value for three words; the function above knows them as two.
_trove-manage_words() {
    local -a words=()
    local -i index
    for ((index = 0; index < COMP_CWORD; index++)); do
        [[ "${COMP_WORDS[index]}" = '=' && "${words[-1]}" = --* ]] || words+=("${COMP_WORDS[index]}")
    done
    local cur="${COMP_WORDS[COMP_CWORD]}"
    [[ "${cur}" = '=' && "${words[-1]}" = --* ]] && cur=''
    COMP_WORDS=("${words[@]}" "${cur}")
    COMP_CWORD="${#words[@]}"
    _trove-manage "${1}" "${cur}" "${words[-1]}"
}
complete -o filenames -F _trove-manage_words trove-manage
