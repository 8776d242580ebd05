package apptest

import (
	"kuukausi/internal/postgres/door"
	"strconv"
	"sync"
	"time"
)

func Many(c *door.Config) { c.Conns = 16 }

// at once runs n posts together and counts the answers by status.
func AtOnce(n int, do func(i int) Answer) map[int]int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	out := map[int]int{}
	gate := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-gate
			a := do(i)
			mu.Lock()
			out[a.Code]++
			mu.Unlock()
		})
	}
	close(gate)
	wg.Wait()
	return out
}

// Waiting returns when n statements of the test's database wait for a lock, so that a race is arranged and not hoped for.
func (s *Site) Waiting(n int) {
	s.T.Helper()
	const q = `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if got, _ := strconv.Atoi(s.SQL(q)); got >= n {
			return
		}
	}
	s.T.Fatalf("fewer than %d statements wait for a lock", n)
}
