package raster

import "slices"

// sorter puts dots in order from left to right; equals are added up later. An outline runs to one side for a while and
// then to the other, so dots come in runs, which are merged, the neighbours first.
type sorter struct {
	ends  []int // of the runs
	spare []cell
}

func (s *sorter) sort(cells []cell) {
	s.ends = s.ends[:0]
	for from := 0; from < len(cells); {
		to := from + 1
		for to < len(cells) && cells[to].x >= cells[to-1].x {
			to++
		}
		if to == from+1 {
			for to < len(cells) && cells[to].x < cells[to-1].x {
				to++
			}
			slices.Reverse(cells[from:to])
		}
		s.ends = append(s.ends, to)
		from = to
	}
	for len(s.ends) > 1 {
		start, merged := 0, s.ends[:0]
		for i := 0; i < len(s.ends); i += 2 {
			end := s.ends[i]
			if i+1 < len(s.ends) {
				s.merge(cells[start:s.ends[i+1]], end-start)
				end = s.ends[i+1]
			}
			merged = append(merged, end)
			start = end
		}
		s.ends = merged
	}
}

// merge merges two runs that stand one after the other.
func (s *sorter) merge(cells []cell, middle int) {
	s.spare = append(s.spare[:0], cells[:middle]...)
	i, j := 0, middle
	for k := 0; i < len(s.spare); k++ {
		if j < len(cells) && cells[j].x < s.spare[i].x {
			cells[k] = cells[j]
			j++
		} else {
			cells[k] = s.spare[i]
			i++
		}
	}
}
