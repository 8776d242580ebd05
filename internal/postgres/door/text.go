package door

// Texts are the newest versions of texts people agree to or are told, in each language.
const Texts = `select distinct on (t.key, t.lang)
  t.id,
  t.key,
  t.lang,
  t.body
from app.text_version t
where t.key = any(@keys)
order by t.key, t.lang, t.version desc
limit 20`
