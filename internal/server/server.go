package server

import (
	"kuukausi/internal/audit"
	httpaudit "kuukausi/internal/server/audit"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"kuukausi/internal/account"
	"kuukausi/internal/casework"
	"kuukausi/internal/cohort"
	"kuukausi/internal/desk"
	"kuukausi/internal/jobsearch"
	"kuukausi/internal/locale"
	"kuukausi/internal/participant"
	"kuukausi/internal/partner"
	"kuukausi/internal/placement"
	"kuukausi/internal/preassignment"
	"kuukausi/internal/programme"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/review"
	"kuukausi/internal/schedule"
	httpaccount "kuukausi/internal/server/account"
	httpcasework "kuukausi/internal/server/casework"
	httpcohort "kuukausi/internal/server/cohort"
	"kuukausi/internal/server/core"
	httpdesk "kuukausi/internal/server/desk"
	httpjobsearch "kuukausi/internal/server/jobsearch"
	httpparticipant "kuukausi/internal/server/participant"
	httppartner "kuukausi/internal/server/partner"
	httpplacement "kuukausi/internal/server/placement"
	httppreassignment "kuukausi/internal/server/preassignment"
	httpprogramme "kuukausi/internal/server/programme"
	httprecruitment "kuukausi/internal/server/recruitment"
	httpreview "kuukausi/internal/server/review"
	httpschedule "kuukausi/internal/server/schedule"
	httpsubstitute "kuukausi/internal/server/substitute"
	"kuukausi/internal/substitute"
)

// Rooms are the services the server calls.
type Rooms struct {
	Account       account.Service
	Participant   participant.Service
	Programme     programme.Service
	Recruitment   recruitment.Service
	Casework      casework.Service
	Preassignment preassignment.Service
	Schedule      schedule.Service
	Cohort        cohort.Service
	Substitute    substitute.Service
	Jobsearch     jobsearch.Service
	Partner       partner.Service
	Placement     placement.Service
	Review        review.Service
	Desk          desk.Service
	Audit         audit.Service
}

// Server answers requests.
type Server struct {
	*core.Site
	cfg    core.Config
	routes []core.Route
}

// New makes a server and mounts the rooms. An act whose form stands on another room's page is given that page.
func New(cfg core.Config, rooms Rooms, bundle *locale.Bundle) *Server {
	site := core.New(cfg, rooms.Account, bundle)
	s := &Server{Site: site, cfg: cfg}
	desk := httpdesk.Handlers{Site: site, Desk: rooms.Desk}
	cohorts := httpcohort.Handlers{Site: site, Cohort: rooms.Cohort}
	trials := httpplacement.Handlers{Site: site, Placement: rooms.Placement}
	s.routes = s.public()
	for _, room := range []interface{ Routes() []core.Route }{
		httpaccount.Handlers{Site: site},
		httpparticipant.Handlers{Site: site, Participant: rooms.Participant},
		httpprogramme.Handlers{Site: site, Programme: rooms.Programme},
		httprecruitment.Handlers{Site: site, Recruitment: rooms.Recruitment, Casework: rooms.Casework},
		httpcasework.Handlers{Site: site, Casework: rooms.Casework, ShowPerson: desk.ShowPerson, ShowMyMonth: desk.ShowMyMonth},
		httppreassignment.Handlers{Site: site, Preassignment: rooms.Preassignment, ShowPerson: desk.ShowPerson},
		httpschedule.Handlers{Site: site, Schedule: rooms.Schedule, ShowDetails: cohorts.ShowDetails, ShowFacts: cohorts.ShowFacts},
		cohorts,
		httpsubstitute.Handlers{Site: site, Substitute: rooms.Substitute},
		httpjobsearch.Handlers{Site: site, Jobsearch: rooms.Jobsearch, ShowPerson: desk.ShowPerson, ShowDay: cohorts.ShowDay},
		httppartner.Handlers{Site: site, Partner: rooms.Partner, ShowMyTrials: trials.ShowMyTrials},
		trials,
		httpreview.Handlers{Site: site, Review: rooms.Review, Casework: rooms.Casework},
		desk,
		httpaudit.Handlers{Site: site, Audit: rooms.Audit},
	} {
		s.routes = append(s.routes, room.Routes()...)
	}
	return s
}

// Routes is every URL of the site; the visibility matrix has a line for each.
func (s *Server) Routes() []core.Route { return s.routes }

// Handler is the whole site.
func (s *Server) Handler() (http.Handler, error) {
	r := chi.NewRouter()
	r.Use(s.headers, s.Begin, s.Logged, s.Recovered)
	csrf := http.NewCrossOriginProtection()
	if base := s.Base(); base != "" {
		if err := csrf.AddTrustedOrigin(base); err != nil {
			return nil, err
		}
	}
	csrf.SetDenyHandler(s.Handle(func(w http.ResponseWriter, r *http.Request) error {
		return s.Message(w, r, http.StatusForbidden, "cross_site", "E_CROSS_SITE", "")
	}))
	r.Use(csrf.Handler, middleware.Compress(4, "text/html"), middleware.GetHead)
	for _, route := range s.routes {
		r.Method(route.Method, route.Pattern, s.Handle(route.Handler))
	}
	s.addressed(func(pattern string, h http.Handler) { r.Method(http.MethodGet, pattern, h) })
	r.NotFound(s.Handle(s.Missing).ServeHTTP)
	r.MethodNotAllowed(s.Handle(func(w http.ResponseWriter, r *http.Request) error {
		return s.Message(w, r, http.StatusMethodNotAllowed, "method", "E_METHOD", "")
	}).ServeHTTP)
	return r, nil
}

// headers are the same on every answer.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "+
			"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if s.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if !strings.HasPrefix(r.URL.Path, "/static/") {
			h.Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}
