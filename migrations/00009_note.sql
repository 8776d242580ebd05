-- +goose Up
-- Notes of a case in three levels (domain.md 92): private for its author, case for the coaches, shared with the
-- participant. source says from whom the information came (380/2023 114 § 5 mom.), written_by who entered it.
create table app.note (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  body text not null,
  visibility text not null check (visibility in ('private', 'case', 'shared')),
  source text not null check (source in ('participant', 'coach', 'site', 'expert', 'other')),
  in_review boolean not null default true,
  wording text not null default '',
  batch_id uuid,
  written_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  corrections int not null default 0,
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, written_by) references app.membership
);
create index on app.note (org_id, enrolment_id, at desc);
-- What a filed note said before it was corrected. A private draft leaves no trace: it was nobody's yet.
create table app.note_before (
  org_id uuid not null,
  note_id uuid not null,
  number int not null,
  enrolment_id uuid not null,
  body text not null,
  visibility text not null,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, note_id, number),
  foreign key (org_id, note_id) references app.note,
  foreign key (org_id, enrolment_id) references app.enrolment
);
-- Words that ask for a second thought in a note (domain.md 23). A warning, never a refusal.
create table app.wording (
  org_id uuid not null references app.organisation,
  word text not null check (word = lower(word) and word <> ''),
  primary key (org_id, word)
);
-- What somebody has typed and not sent (rulings.md 16): their own, by form and by the page it stands on.
create table app.draft (
  org_id uuid not null default nullif(current_setting('app.org', true), '')::uuid references app.organisation,
  actor_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  id uuid not null,
  page text not null,
  fields jsonb not null,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, actor_id, id),
  foreign key (org_id, actor_id) references app.membership
);
create index on app.draft (org_id, actor_id, page, at desc);

-- +goose StatementBegin
do $$
declare coach text := app.rule_role('coach') || ' and ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute');
        author text := app.rule_me('written_by') || ' and ' || coach;
        whole text; mine text;
begin
  -- a handed device acts with the coach's grants and reads no note
  call app.protect('note', app.rule_role('coach', 'participant') || ' and (visibility = ''shared'' or ' || app.rule_role('coach') || ' and (visibility = ''case'' or ' || app.rule_me('written_by') || ')) and '
    || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'participant'), 'select insert', author);
  grant update (body, visibility, in_review, wording, corrections, version), delete on app.note to kuukausi_web;
  mine := app.rule_org() || ' and ' || author;
  execute format('create policy web_update on app.note for update to kuukausi_web using (%1$s) with check (%1$s)', mine);
  execute format('create policy web_delete on app.note for delete to kuukausi_web using (%s and visibility = ''private'')', mine);
  call app.protect('note_before', coach, 'select insert');
  call app.protect('wording', null, 'select insert delete', app.rule_role('admin'));
  call app.protect('draft', app.rule_me('actor_id'), 'select insert update delete');
end $$;
-- +goose StatementEnd

-- A membership that ends or changes role loses its drafts too.
call app.open_to('kuukausi_duty', 'draft', 'select, delete');
-- +goose StatementBegin
create function app.drafts_end() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (old.disabled_at is null and new.disabled_at is not null) or old.role <> new.role then
    delete from app.draft where org_id = new.org_id and actor_id = new.id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
alter function app.drafts_end() owner to kuukausi_duty;
create trigger drafts_end after update on app.membership for each row execute function app.drafts_end();

-- draft_late: a form that arrived after its session had ended becomes a draft of the membership it belonged to; it is
-- offered after signing in, and never done by itself.
call app.open_to('kuukausi_door', 'draft', 'select, insert, update');
-- +goose StatementBegin
create function app.draft_late(token bytea, form uuid, page text, fields jsonb, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.draft (org_id, actor_id, id, page, fields, at)
  select s.org_id, s.membership_id, draft_late.form, draft_late.page, draft_late.fields, draft_late.at
    from app.login_session s join app.membership m on m.org_id = s.org_id and m.id = s.membership_id and m.disabled_at is null
   where s.token_hash = draft_late.token and s.handed_review is null and s.seen_at > draft_late.at - interval '7 days'
  on conflict (org_id, actor_id, id) do update set fields = excluded.fields, at = excluded.at;
  return found;
end $$;
-- +goose StatementEnd
alter function app.draft_late owner to kuukausi_door;
revoke execute on function app.draft_late, app.drafts_end from public;
grant execute on function app.draft_late to kuukausi_web;

-- +goose Down
drop function app.draft_late;
drop function app.drafts_end cascade;
drop table app.draft, app.wording, app.note_before, app.note;
