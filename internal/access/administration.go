package access

// What an organisation is run with: its days, models, users and the trail of what they did.
var (
	ClosedDayList = read("closed_day_list", Admin)
	ClosedDayAdd  = write("closed_day_add", Admin).forPurpose("administration")
	ClosedDayDrop = write("closed_day_drop", Admin).forPurpose("administration")

	ModelList    = read("model_list", Admin)
	ModelView    = read("model_view", Admin)
	ModelNew     = read("model_new", Admin)
	ModelCreate  = write("model_create", Admin).forPurpose("administration")
	ModelCopy    = write("model_copy", Admin).forPurpose("administration")
	ModelEdit    = write("model_edit", Admin).forPurpose("administration")
	ModelPublish = write("model_publish", Admin).forPurpose("administration")
	ModelDrop    = write("model_drop", Admin).forPurpose("administration")

	MemberList   = read("member_list", Admin)
	MemberInvite = write("member_invite", Admin).forPurpose("administration")
	MemberReset  = write("member_reset", Admin).forPurpose("administration")
	LinkWithdraw = write("link_withdraw", Admin).forPurpose("administration")
	LinkConfirm  = write("link_confirm", Admin, Coach, Coordinator, Expert).forPurpose("administration")
	// ConfirmationList shows whom others invited, to whoever may say yes or no.
	ConfirmationList = read("confirmation_list", Admin, Coach, Coordinator, Expert)
	MemberRole       = write("member_role", Admin).forPurpose("administration")
	MemberEnd        = write("member_end", Admin).forPurpose("administration")
	// TrailView is one's own acts for everybody, and everybody's for who watches over them.
	TrailView    = sensitive("trail_view", everyone...).forPurpose("administration")
	TrailExport  = sensitive("trail_export", everyone...).forPurpose("administration")
	ContactName  = write("contact_name", Admin).forPurpose("administration")
	DutyHandOver = write("duty_hand_over", Admin).forPurpose("administration")
)
