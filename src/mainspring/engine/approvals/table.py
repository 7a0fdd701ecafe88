"""What each command of people's operations sets going."""

from collections.abc import Callable
from typing import Any

from mainspring.engine import approval_commands as ac
from mainspring.engine.approvals import cases, handing, returning, signing
from mainspring.engine.run import Run

OPERATIONS: dict[type, Callable[[Run, Any], None]] = {
    ac.ReturnTask: returning.send_back,
    ac.WithdrawStep: returning.take_back,
    ac.RevokeInstance: cases.revoke,
    ac.AddSigners: signing.add,
    ac.RemoveSigners: signing.remove,
    ac.TransferTask: handing.transfer,
    ac.DelegateTask: handing.delegate,
    ac.HandOver: handing.hand_over,
    ac.RemindTask: handing.remind,
    ac.CopyCase: handing.copy,
    ac.ReadCopy: handing.read_copy,
    ac.SaveDraft: handing.save_draft,
    ac.JumpTo: cases.jump,
    ac.ReopenInstance: cases.reopen,
}
