package core

import (
	"errors"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
	"kuukausi/internal/locale"
)

// Begin starts a request: its id, its clock, and the token it came with. Nobody is looked up yet.
func (s *Site) Begin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &access.Visit{RequestID: uuid.NewString(), Now: s.cfg.Now()}
		if token := value(s.session(r), keyToken); token != "" {
			v.Token = account.HashToken(token)
		}
		next.ServeHTTP(w, r.WithContext(access.With(r.Context(), v)))
		if v.Touch {
			if err := s.Account.Touch(access.With(r.Context(), v)); err != nil {
				s.Log.Warn("session touch", "request", v.RequestID, "error", err.Error())
			}
		}
	})
}

// Logged writes one line a request: the route's pattern, never the path, which may hold a one-time link.
func (s *Site) Logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		next.ServeHTTP(ww, r)
		v := access.From(r.Context())
		s.Log.Info("request", "request", v.RequestID, "method", r.Method, "route", chi.RouteContext(r.Context()).RoutePattern(),
			"status", ww.Status(), "bytes", ww.BytesWritten(), "ms", time.Since(start).Milliseconds(), "role", string(v.Actor.Role))
	})
}

// Recovered turns a panic into the page for unexpected errors.
func (s *Site) Recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				// the value of a panic may hold what somebody typed; the stack does not
				s.Log.Error("panic", "request", access.From(r.Context()).RequestID, "stack", string(debug.Stack()))
				s.fail(w, r, errors.New("panic"))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Lang is the reader's language: the account's, or the one chosen on this device, or the browser's.
func (s *Site) Lang(r *http.Request) string {
	if a := access.From(r.Context()).Actor; a.Lang != "" && (a.Role != access.Handed || value(s.session(r), KeyLang) == "") {
		return a.Lang
	}
	if l := value(s.session(r), KeyLang); l != "" {
		return l
	}
	return locale.Match(r.Header.Get("Accept-Language"))
}

// Address is the client's, as far as the configured number of proxies can be trusted.
func (s *Site) Address(r *http.Request) string {
	if s.cfg.Proxies > 0 {
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if i := len(hops) - s.cfg.Proxies; i >= 0 {
			if ip := net.ParseIP(strings.TrimSpace(hops[i])); ip != nil {
				return network(ip)
			}
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	if ip := net.ParseIP(host); ip != nil {
		return network(ip)
	}
	return host
}

// network is an address as tries are counted for it: one household has 2⁶⁴ addresses of version 6.
func network(ip net.IP) string {
	if ip.To4() == nil {
		ip = ip.Mask(net.CIDRMask(64, 128))
	}
	return ip.String()
}
