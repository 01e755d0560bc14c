# Completion of tokenform's command lines in fish. What comes next, tokenform itself says: nothing
# that it prints is ever evaluated, and nothing that it complains of is shown.

function __tokenform_complete
    set -l before (commandline -opc)
    # As typed: with its quotes, and the last of them may be open.
    set -l typed (commandline -ct | string collect)
    set -l current
    for end in '' "'" '"'
        set current (string unescape -- "$typed$end" | string collect)
        and break
    end
    set -l program (string replace -r '^~/' "$HOME/" -- $before[1])
    set -e before[1]
    type -q -- $program; or set program tokenform
    set -l answer (command $program __complete fish $before "$current" </dev/null 2>/dev/null)
    set -l kind (string split -m 1 \t -- $answer[1])
    set -e answer[1]
    switch "$kind[1]"
        case words
            string join \n -- $answer
        case files directories
            set -l path (string sub -s (math 1 + (string length -- "$kind[2]")) -- "$current")
            if test "$kind[1]" = files
                set answer (__fish_complete_path "$path")
            else
                set answer (__fish_complete_directories "$path")
            end
            for line in $answer
                string join '' -- "$kind[2]" $line
            end
    end
end

complete -c tokenform -f -k -a '(__tokenform_complete)'
