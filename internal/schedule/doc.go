// Package schedule is when and where: rooms, closed days and the appointments of one person.
package schedule
