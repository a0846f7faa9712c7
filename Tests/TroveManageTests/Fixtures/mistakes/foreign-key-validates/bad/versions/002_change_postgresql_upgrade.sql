ALTER TABLE people ADD CONSTRAINT people_team FOREIGN KEY (team_id) REFERENCES people (id);
