VACUUM INTO 'copy.sqlite';
