package core

import (
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"strings"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"

	"kuukausi/internal/account"
)

// store is a gorilla/sessions store. The cookie carries the signed and encrypted session token and the flash; the
// login behind the token lives in the database and is looked up by app.enter in the page's own flight, never here.
type store struct {
	codecs []securecookie.Codec
	opts   sessions.Options
	name   string
}

func newStore(key []byte, secure bool) *store {
	hash, block := sha256.Sum256(append([]byte("cookie signature\n"), key...)), sha256.Sum256(append([]byte("cookie encryption\n"), key...))
	c := securecookie.New(hash[:], block[:])
	c.MaxAge(int(account.Absolute.Seconds()))
	c.SetSerializer(securecookie.JSONEncoder{})
	s := &store{codecs: []securecookie.Codec{c}, name: "kuukausi",
		opts: sessions.Options{Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: secure}}
	if secure {
		s.name = "__Host-kuukausi"
	}
	return s
}

// Get implements sessions.Store.
func (s *store) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New implements sessions.Store. A cookie that cannot be read (an old key) is no session, not an error.
func (s *store) New(r *http.Request, name string) (*sessions.Session, error) {
	se := sessions.NewSession(s, name)
	o := s.opts
	se.Options, se.IsNew = &o, true
	c, err := r.Cookie(name)
	if err != nil {
		return se, nil
	}
	v := map[string]string{}
	if securecookie.DecodeMulti(name, c.Value, &v, s.codecs...) != nil {
		return se, nil
	}
	for k, x := range v {
		se.Values[k] = x
	}
	se.IsNew = false
	return se, nil
}

// Save implements sessions.Store: it writes the cookie, nothing else.
func (s *store) Save(r *http.Request, w http.ResponseWriter, se *sessions.Session) error {
	v := map[string]string{}
	for k, x := range se.Values {
		if ks, ok := k.(string); ok {
			if xs, ok := x.(string); ok {
				v[ks] = xs
			}
		}
	}
	enc, err := securecookie.EncodeMulti(se.Name(), v, s.codecs...)
	if err != nil {
		return err
	}
	http.SetCookie(w, sessions.NewCookie(se.Name(), enc, se.Options))
	return nil
}

// The values a session's cookie holds.
const (
	keyToken  = "token"
	keyFlash  = "flash"
	keySearch = "search"
	KeyLink   = "link"
	KeyLang   = "lang"
)

func (s *Site) session(r *http.Request) *sessions.Session {
	se, _ := s.sessions.Get(r, s.sessions.name) // New never fails
	return se
}

func value(se *sessions.Session, key string) string {
	v, _ := se.Values[key].(string)
	return v
}

// SetToken puts a fresh token into the cookie; of everything else it held, the language stays.
func (s *Site) SetToken(w http.ResponseWriter, r *http.Request, token string) error {
	se := s.session(r)
	lang := value(se, KeyLang)
	clear(se.Values)
	if lang != "" {
		se.Values[KeyLang] = lang
	}
	if token != "" {
		se.Values[keyToken] = token
	}
	return se.Save(r, w)
}

// deviceDays is how long a browser is known again after a sign-in.
const deviceDays = 180

// Device is what the browser kept of earlier sign-ins. It has a cookie of its own, which outlives the session, the night and a
// sign-out.
func (s *Site) Device(r *http.Request) string {
	c, err := r.Cookie(s.sessions.name + "-device")
	if err != nil {
		return ""
	}
	return c.Value
}

// KeepDevice gives the browser what it keeps.
func (s *Site) KeepDevice(w http.ResponseWriter, device string) {
	o := s.sessions.opts
	o.MaxAge = deviceDays * 24 * 60 * 60
	http.SetCookie(w, sessions.NewCookie(s.sessions.name+"-device", device, &o))
}

// Take reads a value that is shown once.
func (s *Site) Take(w http.ResponseWriter, r *http.Request, key string) string {
	se := s.session(r)
	v := value(se, key)
	if v != "" {
		delete(se.Values, key)
		if err := se.Save(r, w); err != nil {
			s.Log.Error("cookie", "error", err)
		}
	}
	return v
}

// Leave keeps a value for the next page.
func (s *Site) Leave(w http.ResponseWriter, r *http.Request, key, v string) error {
	se := s.session(r)
	se.Values[key] = v
	return se.Save(r, w)
}

// At remembers how a list stood when it was shown last: its filter, as it is in the URL.
func (s *Site) At(w http.ResponseWriter, r *http.Request, list string) error {
	if value(s.session(r), "at"+list) == r.URL.RawQuery {
		return nil
	}
	return s.Leave(w, r, "at"+list, r.URL.RawQuery)
}

// Back is a list as it was shown last (internal/domain.md, ruling 40).
func (s *Site) Back(r *http.Request, list string) string {
	if q := value(s.session(r), "at"+list); q != "" {
		return list + "?" + q
	}
	return list
}

// Remember keeps what was searched for in the encrypted cookie, and answers the key that stands for it in a URL: a name must not.
func (s *Site) Remember(w http.ResponseWriter, r *http.Request, text string) (key string, err error) {
	key = rand.Text()
	return key, s.Leave(w, r, keySearch, key+"\n"+text)
}

// Recall is what the key of the last search stands for, "" for an older one.
func (s *Site) Recall(r *http.Request, key string) string {
	k, text, _ := strings.Cut(value(s.session(r), keySearch), "\n")
	if key == "" || k != key {
		return ""
	}
	return text
}
