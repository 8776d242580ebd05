// Package programme serves the pages and acts of the room programme: models, their versions, the words they use and the numbers of the law.
package programme
