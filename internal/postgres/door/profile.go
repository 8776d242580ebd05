package door

// PlacementProfile is the placement profile of case e, null when there is none.
const PlacementProfile = `(
    select jsonb_build_object('Fields', f.fields, 'Tasks', f.tasks, 'Limits', f.limits, 'Municipalities', f.municipalities,
      'TravelMinutes', f.travel_minutes, 'ApprovedOn', f.approved_on::timestamptz, 'ApprovedHow', f.approved_how, 'Version', f.version)
    from app.placement_profile f
    where f.org_id = e.org_id and f.enrolment_id = e.id)`
