package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"kuukausi/internal/account"
	"kuukausi/internal/cohort"
	"kuukausi/internal/jobsearch"
	"kuukausi/internal/locale"
	"kuukausi/internal/participant"
	"kuukausi/internal/placement"
	"kuukausi/internal/programme"
	"kuukausi/internal/review"
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

// Rooms are the services the server calls.
type Rooms struct {
	Accounts   account.Service
	Cohorts    cohort.Service
	Persons    participant.Service
	Programmes programme.Service
	Search     jobsearch.Service
	Placements placement.Service
	Reviews    review.Service
}

// Server answers requests.
type Server struct {
	Rooms
	cfg      Config
	bundle   *locale.Bundle
	sessions *store
	secure   bool
}

// New makes a server. The catalogues are loaded by the caller, which knows where they are.
func New(cfg Config, rooms Rooms, bundle *locale.Bundle) *Server {
	secure := cfg.PublicURL != nil && cfg.PublicURL.Scheme == "https"
	return &Server{Rooms: rooms, cfg: cfg, bundle: bundle, secure: secure, sessions: newStore(cfg.Key, secure)}
}

// Handler is the whole site.
func (s *Server) Handler() (http.Handler, error) {
	r := chi.NewRouter()
	r.Use(s.headers, s.visit, s.logged, s.recovered)
	csrf := http.NewCrossOriginProtection()
	if s.cfg.PublicURL != nil {
		if err := csrf.AddTrustedOrigin(s.cfg.PublicURL.Scheme + "://" + s.cfg.PublicURL.Host); err != nil {
			return nil, err
		}
	}
	csrf.SetDenyHandler(s.handle(func(w http.ResponseWriter, r *http.Request) error {
		return s.message(w, r, http.StatusForbidden, "cross_site", "E_CROSS_SITE", "")
	}))
	r.Use(csrf.Handler, middleware.Compress(4, "text/html"))
	for _, route := range s.Routes() {
		r.Method(route.Method, route.Pattern, s.handle(route.Handler))
	}
	r.NotFound(s.handle(s.missing).ServeHTTP)
	r.MethodNotAllowed(s.handle(s.missing).ServeHTTP)
	return r, nil
}

// headers are the same on every answer.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if s.secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if !strings.HasPrefix(r.URL.Path, "/static/") {
			h.Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}
