package workspace

import (
	"time"

	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/debt"
	"github.com/asbuilt/asbuilt/internal/report"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Debts is the register of what waivers and the baseline accept.
type Debts struct {
	Debts []finding.Debt
	Note  string // why it is not known how long all of them have stood, or since when at most; "" when it is
}

// Debt makes the register. Findings that mean that nothing can be judged are returned instead.
func (s *Snapshot) Debt() (*Debts, []finding.Finding, error) {
	findings, err := s.Findings()
	if err != nil || Broken(findings) {
		return nil, findings, err
	}
	in, err := s.brief()
	if err != nil {
		return nil, nil, err
	}
	in.Baseline = s.w.accepted(s.model)
	if in.Pictures, _, err = s.standing(); err != nil {
		return nil, nil, err
	}
	today := in.Today
	in.Today = time.Time{} // what has expired still accepts: it is debt all the same
	ages, note := s.ages(in)
	if err := s.ctx.Err(); err != nil {
		return nil, nil, err
	}
	return &Debts{debt.Register(debt.Input{
		Model: in.Model, Result: in.Result, Graph: in.Graph, Baseline: in.Baseline, Findings: check.Findings(in), Ages: ages, Today: today,
	}), note}, nil, nil
}

// DebtFormats are the forms of the register; the first is the default.
func DebtFormats() []string { return []string{"text", "markdown", "json"} }

// ReportDebt writes the register in one of its forms.
func ReportDebt(p *console.Printer, debts []finding.Debt, format string) {
	switch format {
	case "json":
		report.DebtJSON(p, debts)
	case "markdown":
		report.DebtMarkdown(p, debts)
	default:
		report.DebtText(p, debts)
	}
}
