// Package account is about the people who sign in: sign-in and its throttle, sessions, memberships, invitations,
// and what an administrator does with them. It knows nothing of cases.
package account
