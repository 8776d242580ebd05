package placement

import (
	"net/http"

	"kuukausi/internal/placement"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

func (s Handlers) writeDiary(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "trial")
	if err != nil {
		return err
	}
	return s.Made(w, r, "diary-"+id.String(), s.ShowMyTrials, func(t core.Typed) (string, string, error) {
		d := placement.DiaryDay{Mood: t.Get("mood"), Body: t.Lines("diary"), Shared: t.Get("shared") == "yes", Topic: t.Get("topic") == "yes"}
		return "my_trials.diary_saved", paths.MyTrials, s.Placement.WriteDiary(r.Context(), id, t.Form, d)
	})
}
