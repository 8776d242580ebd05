package jobsearch

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/jobsearch"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of the log of the job search.
type Handlers struct {
	*core.Site
	Jobsearch  jobsearch.Service
	ShowPerson core.Show // the page of one person, on which their log is written
	ShowDay    func(
		http.ResponseWriter, *http.Request, uuid.UUID, time.Time, components.Refused,
	) error // a cohort's day, on which calls are ticked
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Post(paths.Calls, access.CallsRecord, s.recordCalls),
		core.Post(paths.SearchSteps, access.SearchStepAdd, s.addSearchStep),
	}
}
