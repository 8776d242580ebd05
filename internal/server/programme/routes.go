package programme

import (
	"kuukausi/internal/access"
	"kuukausi/internal/programme"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of models and the numbers of the law.
type Handlers struct {
	*core.Site
	Programme programme.Service
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Get(paths.Law, access.LawList, core.Blank(s.showLaw)),
		core.Post(paths.Law, access.LawSet, s.setLaw),
		core.Get(paths.Models, access.ModelList, s.models),
		core.Get(paths.NewModel, access.ModelNew, core.Blank(s.showNewModel)),
		core.Post(paths.Models, access.ModelCreate, s.createModel),
		core.Get(paths.Model, access.ModelView, core.Shown("version", s.showModel)),
		core.Post(paths.ModelCopy, access.ModelCopy, s.copyModel),
		core.Post(paths.ModelPublish, access.ModelPublish, s.publishModel),
		core.Post(paths.ModelDrop, access.ModelDrop, s.dropModel),
		core.Get(paths.ModelFacts, access.ModelView, core.Shown("version", s.showModelFacts)),
		core.Post(paths.ModelFacts, access.ModelEdit, s.editModelFacts),
		core.Get(paths.ModelWeek, access.ModelView, core.Shown("version", s.showModelWeek)),
		core.Post(paths.ModelWeek, access.ModelEdit, s.editModelWeek),
		core.Get(paths.ModelPre, access.ModelView, core.Shown("version", s.showModelPre)),
		core.Post(paths.ModelPre, access.ModelEdit, s.editModelPre),
	}
}
