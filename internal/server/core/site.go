package core

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/account"
	"kuukausi/internal/locale"
	"kuukausi/web/components"
)

// Config is what the server is told at start.
type Config struct {
	PublicURL *url.URL // where users find the app; https makes cookies Secure
	Key       []byte   // at least 32 bytes: cookies and throttle keys are made with it
	Proxies   int      // how many trusted proxies stand in front
	Now       func() time.Time
	Log       *slog.Logger
	Ready     func(context.Context) error
}

// Site is what every handler stands on: forms, pages, the session's cookie, and who signs in.
type Site struct {
	Account  account.Service
	Log      *slog.Logger
	Secure   bool // cookies travel over https only
	cfg      Config
	bundle   *locale.Bundle
	sessions *store
}

// New makes a site. The catalogues are loaded by the caller, which knows where they are.
func New(cfg Config, accounts account.Service, bundle *locale.Bundle) *Site {
	secure := cfg.PublicURL != nil && cfg.PublicURL.Scheme == "https"
	return &Site{Account: accounts, Log: cfg.Log, Secure: secure, cfg: cfg, bundle: bundle, sessions: newStore(cfg.Key, secure)}
}

type (
	// Handler answers a request, or says in an error why not.
	Handler = func(http.ResponseWriter, *http.Request) error
	// Show brings the page of one thing, fresh or after a refusal.
	Show func(http.ResponseWriter, *http.Request, uuid.UUID, components.Refused) error
	// ShowForm brings a page without an id, fresh or after a refusal.
	ShowForm func(http.ResponseWriter, *http.Request, components.Refused) error
)

// Base is how this site is reached from outside, "" when nobody said.
func (s *Site) Base() string {
	if s.cfg.PublicURL == nil {
		return ""
	}
	return s.cfg.PublicURL.Scheme + "://" + s.cfg.PublicURL.Host
}
