BEGIN;
rollback /* all */ transaction;
