package door

const Contacts = `select k.kind, k.about, k.on_day "on", m.name by
from app.site_contact k
join app.membership m on m.org_id = k.org_id and m.id = k.by_id
where `

const AddContact = `insert into app.site_contact (org_id, id, site_id, trial_id, kind, about, on_day)
values (@org, @id, @site, @trial, @kind, @about, @on)`
