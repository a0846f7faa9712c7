# Prints what the tab offers behind $argv[1], as fish finds it: below the folders of XDG_DATA_DIRS.
for offer in (complete --do-complete $argv[1])
    string split --fields 1 \t -- $offer\t
end
