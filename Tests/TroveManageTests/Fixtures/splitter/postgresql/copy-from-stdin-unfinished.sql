COPY t /* all */ FROM -- here
  STDIN WITH (FORMAT csv)
