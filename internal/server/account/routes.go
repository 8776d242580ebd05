package account

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of people who sign in.
type Handlers struct {
	*core.Site
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Public(http.MethodGet, paths.Login, s.loginPage),
		core.Public(http.MethodPost, paths.Login, s.login),
		core.Public(http.MethodPost, paths.Logout, s.logout),
		core.Public(http.MethodGet, paths.Invitation, core.Blank(s.showInvitation)),
		core.Public(http.MethodPost, paths.Invitation, s.acceptInvitation),
		core.Get(paths.Membership, access.HeaderView, s.membershipPage),
		core.Post(paths.Membership, access.HeaderView, s.switchMembership),
		core.Get(paths.SignIns, access.SignInList, core.Blank(s.showSignIns)),
		core.Post(paths.Password, access.SignInList, s.changePassword),
		core.Post(paths.SessionsEnd, access.SignInList, s.endSession),
		core.Post(paths.SessionEnd, access.SignInList, s.endSession),
		core.Get(paths.Confirmations, access.ConfirmationList, core.Blank(s.showConfirmations)),
		core.Post(paths.Confirmation, access.LinkConfirm, s.confirm),
		core.Post(paths.Drafts, access.DraftSave, s.saveDraft),
		core.Post(paths.DraftDrop, access.DraftDrop, s.dropDraft),
		core.Get(paths.Members, access.MemberList, core.Blank(s.showMembers)),
		core.Post(paths.Invitations, access.MemberInvite, s.invite),
		core.Post(paths.LinkWithdraw, access.LinkWithdraw, s.withdrawLink),
		core.Post(paths.MemberReset, access.MemberReset, s.resetPassword),
		core.Post(paths.MemberRole, access.MemberRole, s.changeRole),
		core.Post(paths.MemberEnd, access.MemberEnd, s.endMembership),
		core.Post(paths.HandOver, access.DutyHandOver, s.handOver),
	}
}
