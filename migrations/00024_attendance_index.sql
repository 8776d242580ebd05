-- +goose Up
-- The key of a mark and the index of the month map had the same four columns: one index serves both, and a changed mark
-- writes one entry instead of two.
alter table app.attendance drop constraint attendance_pkey;
drop index app.attendance_map;
alter table app.attendance add constraint attendance_pkey primary key (org_id, enrolment_id, held_on, half) include (mark, on_trial);

-- +goose Down
alter table app.attendance drop constraint attendance_pkey;
alter table app.attendance add constraint attendance_pkey primary key (org_id, enrolment_id, held_on, half);
create index attendance_map on app.attendance (org_id, enrolment_id, held_on, half) include (mark, on_trial);
