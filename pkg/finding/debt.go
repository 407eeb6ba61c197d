package finding

import "github.com/asbuilt/asbuilt/pkg/source"

// The kinds of debt, by what accepts it.
const (
	DebtWaiver   = "waiver"
	DebtComment  = "comment" // a waiver in a source
	DebtBaseline = "baseline"
)

// Debt is drift that is accepted: findings of one rule that one waiver, comment or baseline holds. A baseline's are
// told by pair of elements.
type Debt struct {
	Kind     string       `json:"kind"`
	By       string       `json:"by"` // waiver.legacy, the file of the comment, the file of the baseline
	Rule     string       `json:"rule"`
	Between  *Pair        `json:"between,omitempty"` // the elements at both ends, where all findings are about one edge
	Subject  Subject      `json:"subject"`           // of the first finding
	Findings int          `json:"findings"`
	Reach    int          `json:"reach"`                  // elements that reach through the edge: those that use its start, and the start
	Files    int          `json:"files"`                  // that witness it
	Since    *string      `json:"since"`                  // the day of the oldest commit since when it stands; null: not known
	Days     *int         `json:"days"`                   // from then to today
	Before   bool         `json:"since_before,omitempty"` // older commits were not read: it may stand since before that day
	Owner    string       `json:"owner,omitempty"`
	Ticket   string       `json:"ticket,omitempty"`
	Reason   string       `json:"reason,omitempty"`
	Expires  string       `json:"expires,omitempty"`
	Expired  bool         `json:"expired,omitempty"`
	At       source.Range `json:"at"`
}
