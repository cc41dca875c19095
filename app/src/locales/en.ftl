# Every word of the pages, in English. Ids are grouped by page.

# How the browser writes times (BCP 47).
locale = en-GB

demonstration-label = Demonstration
demonstration-mark = Demonstration: nothing that is issued here certifies anything.
continue = Continue
back = Back
try-again = Try again
checking = Checking …
crashed = Something went wrong on this page. Load it again: what was shown as saved is safe.
opening = Opening …

error-unreachable = The exam server cannot be reached. Check the network, then try again. Nothing was lost.
error-code-unknown = No sitting has this code. Compare it with the one you were given, or ask the proctor.
error-code-expired = This code has expired: its exam was long ago. Ask the exam body.
error-code-mistyped = The code is mistyped. Compare it character by character with the one you were given.
error-code-length = The code has { $expected } letters and digits, you typed { $got }.
error-code-character = Character { $place } of the code, “{ $character }”, does not occur in codes. Compare it with the one you were given.
error-other-device = This exam was started on another computer or in another browser. Go back to it. If it was this one, its storage was cleared since; if the other one has failed, ask the proctor to release the exam: what the server has, or the response file of the other computer, brings your answers back here.
error-wrong-codes = Both codes are typed correctly, but they do not open this package. Compare them with those you were given: this may be another candidate’s computer or package, or another room’s release code. Nothing was lost; try again as often as you need.
error-storage = This browser could not do that: { $detail }. Call the proctor.
error-not-open-yet = It is too early: { $detail }. Your code stays valid.
error-window-over = It is too late: { $detail }. Ask the exam body.
error-too-many-tries = Too many tries. Wait { $seconds } seconds, then try again.
error-other = That did not work: { $detail }.
error-other-attempt = This browser still holds answers of another candidate that the exam body does not have. Ask the proctor.
file-unreadable = The file could not be read. Choose it again.

stopped-other-tab-title = The exam is open in another tab
stopped-other-tab = Go back to that tab, or close it and try again here. Your answers are safe.
stopped-storage-title = This browser cannot keep your answers
stopped-storage = The exam saves every answer on this computer first, and the browser does not allow it. Leave private browsing, close other windows of this exam, then try again. Otherwise ask the proctor for another computer.
stopped-loading-title = The page was not loaded completely
stopped-loading = The part that keeps your answers is missing: the network is slow or was interrupted, or this browser could not run it. What was saved on this computer is still here. Check the network, then try again. If that does not help, ask the proctor for another computer or browser.
stopped-newer-title = This page is older than what is stored here
stopped-newer = What is stored on this computer was written by a newer version of this page, which this one cannot read. Nothing was deleted. Connect the computer to the network, then try again. If that does not help, call the proctor.
stopped-keys-title = The keys to your answers are gone from this browser
stopped-keys = Your answers are stored here encrypted, and this browser no longer has the key: its site data was cleared in part, or its profile was copied. Nothing was deleted. Call the proctor: once the exam is released for another computer or browser, what the server has, or a response file saved before, brings your answers back there.
stopped-journal-title = The record on this computer needs a person
stopped-journal = What is stored here is damaged, or does not fit what the server holds. Nothing was deleted. Call the proctor.

code-title = Sit your exam
code-intro = Your proctor or the exam body gives you an admission code.
code-label = Admission code
code-hint = 17 letters and digits. Capitals and dashes do not matter.
code-verify-link = Verify a certificate instead
code-offline = There is no network here
code-online = Use the network instead
code-no-server = The exam server cannot be reached. You can sit the exam without it: type the release code too.
code-no-server-no-package = The exam server cannot be reached, and no package is on this computer. Check the network, or open a package from a file below. Nothing was lost.
code-fault-admission = Admission code: { $fault }
code-fault-release = Release code: { $fault }
release-label = Release code
release-hint = The proctor reads it out when the exam begins: 17 letters and digits.
code-moving = I began this exam on another computer and bring its response file.

package-title = On this computer
package-here = The exam’s package is on this computer. It opens without a network.
package-window = May be started
package-window-times = { $from } to { $until }
package-not-yet = By this computer’s clock it is too early for this exam. If the clock is wrong, that does no harm.
package-over = By this computer’s clock the time for this exam is over. If the clock is wrong, that does no harm; otherwise you need another package.
package-file-title = Open a package from a file
package-file-label = Package
package-file-hint = The file (.invigil-package) from the exam body or the proctor, and the open book (.invigil-open-book) if there is one beside it. Choose it or drop it here.
package-taken-in = The package is on this computer. It opens with your codes.
package-half = The file is incomplete: it was copied or downloaded only in part. Copy it again.
package-no-package = This file is not a package of an exam.
package-newer-app = This file needs a newer version of this page. Connect this computer to the network, load the page again, then open the file.
package-changed = The file was changed or damaged after it was made. Copy it again from where you have it.
package-other-body = The file is not from this exam body: it is signed by somebody else. Ask the exam body for yours.
package-practice = This is a rehearsal, not an exam.
package-exam = This is an exam, not a rehearsal.
package-payload = The package opened, but what is in it cannot be used: { $detail }. Ask the exam body.
package-no-keys = This browser does not know the exam body’s keys yet, so it cannot tell whether the file is genuine. Open this page once with a network, then open the file again.
package-not-kept = The package could not be stored on this computer: { $detail }.
package-link-not-taken = The link that you opened was not taken: another exam is on this computer, and goes on here. Open the link again once that exam has ended, or on another computer.
notice-close = Close this message
offered-title = Which exam is yours?
offered-what = What you opened is the package of another exam than the one on this computer, and only one can stay here. If you began the one on this computer, you can no longer go on with it here once it is gone.
offered-here = On this computer
offered-new = Opened now
offered-exam = { $title }, { $body }
offered-window = May be started { $from } to { $until }
offered-package = Package { $attempt }
offered-keep = Keep the one on this computer
offered-take = Take the other one in its place
package-link-damaged = The link to the package is damaged. Open it again as you got it.
package-link-none = There is no package under this link. Ask the exam body for a new one.
package-link-no-server = The exam server cannot be reached, so the package could not be fetched. Open the link again when there is a network.

moving-title = Go on from another computer
moving-intro = The package is open. The response file of the other computer and a move code from the proctor bring your answers here. What the other computer writes from now on no longer counts.
moving-file-label = Response file
moving-file-hint = The file (.invigil-response) that was saved on the other computer. Choose it or drop it here.
moving-chosen = { $name }: { $lines } entries.
moving-no-file = Choose the response file first.
moving-code-label = Move code
moving-code-hint = From the proctor: 17 letters and digits.
moving-wrong-code = The code is typed correctly, but it is no move code of this exam. Ask the proctor.
moving-other-attempt = This response file belongs to another exam or another candidate.
moving-submitted = The exam was handed in on the other computer already. Give the response file to the proctor.
moving-go-on = Go on here
response-half = The response file is incomplete: it was copied only in part. Copy it again.
response-none = This file is not a response file of an exam.
response-changed = The response file cannot be used: { $detail }. Save it again on the other computer, or ask the proctor.

identity-title = Is this you?
identity-name = Name on the certificate
identity-exam = Exam
identity-body = Exam body
identity-advice = If the name is misspelt, tell the proctor before you start.
identity-yes = Yes, this is me
identity-no = No, this is not me

rules-title = Before you start
rules-items = The exam has { $items } questions.
rules-time = You have { $minutes } minutes. The time runs from when you start, also while the page is closed.
rules-extra = Your granted extra time of { $minutes } minutes is contained in that.
rules-breaks = Breaks of { $minutes } minutes in all were approved for you: while you take one, the time stands still.
rules-cut = You pass with { $cut } of { $items } questions answered correctly.
rules-cut-points = You pass with { $cut } of { $points } points.
rules-open-book = The exam is open book: you may use your course material and notes.
rules-closed-book = The exam is closed book: put your notes away.
rules-book = The exam brings a book along, “{ $title }”: you can search it at any time, with the button at the top. The time goes on meanwhile.
rules-no-penalty = A wrong answer costs no more than an open one. You can change answers until you hand in.
rules-safety-title = Your answers are safe
rules-safety = Every answer is saved on this computer at once, encrypted, and sent to the exam body as soon as there is a network. If the network fails, nothing changes for you. If the browser or the computer fails, open this page again on the same computer: you go on where you were, with or without a network.
rules-record-title = What is recorded
rules-record = The exam keeps a journal that goes to the exam body:
rules-record-answers = your answers, marks and the questions you open, each with the time;
rules-record-signs = when this page is hidden, loses the focus or leaves full screen, when a second screen appears, when something is pasted (how long it is, not what it says), and when the clock jumps.
rules-record-not = No camera, no microphone, no other programs are recorded. Such signs never decide anything by themselves: they are notes for people.
rules-agree = I have read this and will sit the exam myself, without help from others.
rules-agree-first = Please confirm that first.

ready-title = Is this computer ready?
ready-intro = This looks at what the exam needs. It takes a moment.
ready-good = Good:
ready-note = Note:
ready-bad = Not ready:
ready-storage-good = answers can be saved here; saving one took { $ms } ms.
ready-storage-bad = this browser cannot save answers. Ask the proctor for another computer.
ready-persist-good = the browser promises to keep what is saved.
ready-persist-note = the browser may clear what is saved if the disk runs full. That is rare; your answers are also sent to the server as soon as there is a network.
ready-package-here = the exam’s package is on this computer.
ready-package-open = the exam’s package is open.
ready-package-bad = the exam’s package is not on this computer. Go back and type your code again.
ready-server-note = no network. The exam does not need one: everything is saved here, and sent or handed over afterwards.
ready-server-good = the exam server answers.
ready-server-bad = the exam server does not answer. Check the network.
ready-offline-good = this page opens without a network too.
ready-offline-note = this page could not be kept on this computer: to open it again, it needs the network.
ready-clock-note = this computer’s clock is { $minutes } minutes off. The exam does not rely on it.
ready-screens-good = one screen.
ready-screens-note = there is more than one screen. This will be noted; ask the proctor whether that is allowed.
ready-check-in = If the proctor records the beginning of each exam, check in now.
ready-start = When you start, your time begins.
ready-begin = Start the exam
ready-again = Look again

exam-position = Question { $n } of { $total }
exam-question = Question { $n }
exam-scenario = Scenario
exam-select-one = Choose one answer.
exam-select-many = Choose { $n } answers.
exam-too-many = Choose { $n } answers only: take one away first.
exam-fill-gaps = Fill the gaps of the text: choose from the lists, type into the fields.
exam-fill-from-words = Choose a word for every gap. Each word fills one gap at most; to use it elsewhere, take it out of its gap first.
exam-fill-from-words-again = Choose a word for every gap. A word may fill several gaps.
exam-gap = Gap { $n } of { $total }
exam-gap-choose = Choose …
exam-gap-used = { $word } (in gap { $n })
exam-words = Words to choose from
exam-word-used = in gap { $n }
exam-match-one = Choose one column in every row.
exam-match-many = Choose one column or more in every row, { $n } at most.
exam-match-too-many = Choose { $n } columns in a row only: take one away first.
exam-order-hint = Put these in order with the buttons beside them.
exam-order-up = Move up: { $text }
exam-order-down = Move down: { $text }
exam-order-moved = { $text }: now { $n } of { $total }.
exam-order-open = Not answered yet. If you find the order right as it stands, say so.
exam-order-keep = Keep this order
exam-order-kept = This order is your answer.
exam-place-one = Choose one place, in the list or on the image.
exam-place-many = Choose { $n } places, in the list or on the image.
exam-text-hint = Write up to { $n } characters. What you write is saved as you go on.
exam-text-left = { $left ->
    [one] One character left
   *[other] { $left } characters left
}
exam-not-taken-ended = This answer was not taken: the exam has ended.
exam-not-taken-paused = The clock stood when you answered, so this answer was not taken. Choose it again.
exam-not-taken = This answer was not taken: it { $detail }. Call the proctor.
exam-clear = Clear my answer
exam-flag = Mark for review
exam-unflag = Marked for review: take the mark away
exam-moving = Between questions
exam-next = Next
exam-previous = Previous
exam-to-review = To the review

timer-hide = Hide the time
timer-show = Show the time
timer-unmeasured = { $minutes } min not measured
timer-in-doubt = By this computer’s clock the time is up. { $minutes ->
    [one] One minute of it was
   *[other] { $minutes } minutes of it were
} not measured, because the computer slept or its clock was set. Call the proctor, or hand in.
timer-left = { $minutes ->
    [one] One minute left.
   *[other] { $minutes } minutes left.
}

saved-saving = Saving …
saved-here = Saved on this device{ $lines ->
    [0] {""}
   *[other] , { $lines } not sent yet
}
saved-received = Saved and received
saved-failing = Not saved yet: { $detail }. Call the proctor.
saved-stuck = Saved on this device, { $lines } not sent: this browser could not make them ready ({ $detail }). Load the page again; if this stays, call the proctor.
saved-refused = Saved on this device, { $lines } not sent: the server refuses it ({ $detail }). Call the proctor.
saved-refused-alert = The server refuses what is saved on this device ({ $detail }). Call the proctor.
saved-stuck-alert = This browser could not make ready what is to be sent ({ $detail }). Load the page again; if this stays, call the proctor.
link-no-code = the admission code is not known here
link-other-attempt = the admission code is of another exam
link-released = the exam was released for another computer; to go on here, load this page again
link-not-let-in = it does not let this computer in
link-differs = it holds another line { $line }
acknowledged-less = it is for fewer lines than were written here
acknowledgement-refused = its acknowledgement does not count: { $detail }

mark-answered = answered
mark-answered-flagged = answered, marked for review
mark-open = not answered
mark-open-flagged = not answered, marked for review
nav-summary = All questions: { $answered } of { $total } answered
nav-cell = Question { $n }, { $state }

review-title = Review
review-counts = { $total } questions: { $open } not answered, { $flagged } marked for review.
review-key = ✓ answered · ⚑ marked for review
review-hand-in = Hand in
review-first-open = To the first open question
review-back = Back to the questions
confirm-title = Hand in now?
confirm-counts = { $open ->
    [0] You have answered every question.
    [one] One question is not answered.
   *[other] { $open } questions are not answered.
}
confirm-final = After that nothing can be changed.
confirm-yes = Yes, hand in
confirm-no = No, go back

menu-label = Break and proctor
codes-title = Codes from the proctor
codes-intro = The proctor can give extra time, stop the clock or end the exam with a code. It also counts without a network.
codes-label = Code
codes-hint = 17 letters and digits, or what a scanner reads from the proctor’s screen.
codes-extra-time = { $minutes ->
    [one] One more minute
   *[other] { $minutes } more minutes
}
codes-pause = The clock stops until you go on
codes-end-what = This code ends your exam
codes-end-sure = Really end the exam now? What you answered so far is handed in, and nothing can be changed after that
codes-end = End the exam
codes-use = Use this code
codes-not = No, go back
codes-paused-already = The clock stands already. Keep this code for another time.
codes-move = This code is for going on at another computer. Type it there.
codes-unknown = This is no code of your exam. Compare it with the one you were given: it may be another candidate’s.
codes-other-candidate = This was given to another candidate.
codes-unreadable = This could not be read. Scan it again, or type the code.
codes-not-signed = This was not signed by the exam body or the proctor of this room.
codes-used = This was used already, or gives no more than you have.

check-in-title = Check in with the proctor
check-in-intro = The proctor reads a challenge out. It goes into your exam’s journal; then this page shows a code for the proctor to write down. So both of you can prove later that your answers until then were there.
check-in-label = Challenge
check-in-hint = 27 letters and digits. Capitals and dashes do not matter.
check-in-not-saved = This computer has not saved the challenge yet, so there is nothing to write down. Press “Continue” again in a moment; if that does not help, call the proctor.
check-in-show = Show this to the proctor, who writes the code down or scans the square.
check-in-written = It has been written down
check-in-not-written = Back without that
head-count = Entries: { $count }
head-qr = State of the journal, for the proctor
copy-title = If this computer fails
copy-what = Save the response file, sealed, on a stick: with a move code from the proctor you can go on from it at another computer.

break-take = Take a break
break-title = The clock stands
break-what = The questions are hidden, and the time stands still.
break-left = Left of it:
break-over = The time runs again. Go on when you are ready.
break-go-on = Go on with the exam

handed-in-title = You have handed in
ended-title = The exam has ended
handed-in-sending = Your answers are saved on this computer and are being sent to the exam body. Keep this page open until they have been received.
handed-in-here = Your answers are saved on this computer. { $lines ->
    [0] The exam body has them, and has not confirmed that yet.
    [one] One entry has not been sent yet.
   *[other] { $lines } entries have not been sent yet.
}
handed-in-stays = Until the exam body has confirmed that it has everything, nothing of this is removed from this computer. Do not clear this browser’s data before.
handed-in-file-title = If there is no network
handed-in-file = Save the response file and give it to the proctor: only the exam body can open it, and it counts once, however often it is handed over. Or connect this computer later and open this page again.
file-save = Save the response file
file-saved = { $name } was handed to the browser for saving.
file-not-saved = The response file could not be written: { $detail }. Call the proctor.
receipt-title = Your receipt
receipt-what = Write this code down or save the receipt. It fits this state of your exam and no other.
receipt-qr = Your receipt as a square to scan
receipt-save = Save the receipt
receipt-fault = The receipt could not be made: { $detail }.
end-anchor-title = For the proctor: state of the journal
end-anchor = If the proctor records the end of each exam, this is what to write down or scan.
received-title = Your exam has been received
received = The exam body has everything, and nothing of your exam is kept on this computer. Your admission code shows the result, here or elsewhere.
records-title = For your records
brought-title = Acknowledgement from the exam body
brought = Once the exam body has your response file, it can give you its signed acknowledgement. Brought here, it lets this computer remove your exam without a network.
brought-label = Acknowledgement
brought-hint = The file (.json, or a list .jsonl) that the exam body gave you. Choose it or drop it here.
brought-unreadable = The file could not be read. Choose it again.
brought-none = The file holds no acknowledgement of this exam.
records-received = Received by the exam body on { $at }: { $lines } entries.
records-receipt = Receipt { $code }
records-save = Save the acknowledgement

result-loading = Waiting for the result …
result-pass-title = You passed
result-pass = Congratulations. The certification was decided and your certificate issued.
result-fail-title = You did not pass
result-fail = This time the score was below the cut score.
result-referred-title = A person has to decide
result-referred = The exam body will look at your attempt and tell you.
result-weak-title = Where to prepare more
result-retake = You can sit the exam again from { $day }.
result-domains-title = By domain
result-domain = Domain
result-band = Result
result-leave = Leave this computer
result-not-cleared = Your exam could not be removed from this computer yet. Open this page again here once, or tell the proctor. Your admission code brings you back to this page, here or elsewhere.
result-come-back = Nothing of your exam is kept on this computer. Your admission code brings you back to this page, here or elsewhere.
documents-title = Your certificate
documents-number = Certificate number
documents-cpd = CPD credits
documents-credits = { $credits } credits, with a signed record
documents-pdf = Certificate (PDF)
documents-json = Signed certificate (file)
documents-png = Badge (PNG)
documents-svg = Badge (SVG)
documents-linkedin = Add to LinkedIn
documents-share-title = Show and share
documents-share-off = Only you have this certificate. You can make a page of it that everybody who gets its address can see: your name, the certification, its number and whether it is valid today. Search engines are asked to leave it out.
documents-share-on = Everybody who has this address can see your name, the certification, its number and whether it is valid today:
documents-share-start = Make a public page
documents-share-stop = Take the page back
documents-nameless-title = A badge without your name
documents-nameless = It shows the certification and neither your name nor the certificate’s number. Who gets your name and the salt from you can check that the badge is yours; nobody else can.
documents-nameless-make = Make such a badge
documents-nameless-salt = Salt
documents-nameless-keep = Write the salt down or save it: it is kept nowhere else. Another badge has another one.
documents-nameless-png = Badge without name (PNG)
documents-nameless-svg = Badge without name (SVG)
documents-nameless-json = Badge without name (file)
documents-cpd-json = Signed CPD record (file)
documents-jwt = Certificate for a wallet (JWT)
documents-hint = The PDF and the pictures have the signed certificate in them. Employers can check each of these files (PDF, PNG, SVG, .json, .jwt), or scan the code on the PDF, on this server’s verification page; the signed files also with any verifier of W3C credentials or Open Badges 3.0. A proof that a file is in the issuer’s log (.tlog-proof) is checked there with it.

verify-title = Verify a certificate
verify-intro = Check whether a certificate or CPD record is genuine and unchanged.
verify-file-title = With the file
verify-file-label = Certificate file, or receipt, acknowledgement and response file of an exam
verify-file-hint = The certificate as a PDF, a picture (PNG or SVG) or the signed file (.json or .jwt), as the holder gave it to you. Choose it or drop it here; with it, if you have it, the proof that it is in the issuer’s log (.tlog-proof); several files of one exam are checked against each other. They stay on this computer: nothing is uploaded.
verify-unreadable = “{ $file }” could not be read. Choose it again.
verify-files = Checked: { $files }
verify-qr-code = the certificate in the QR code
verify-no-trust = The list of trusted issuers could not be loaded. Check the network and load the page again.
verify-evidence-valid = These documents hold.
verify-evidence-invalid = Do not rely on these documents.
verify-receipt-code = Receipt code
verify-one-at-a-time = Certificates are checked one at a time. Choose one, and with it, if you have it, its proof (.tlog-proof).
verify-valid = Genuine.
verify-invalid = Not valid.
verify-undetermined = Not known.
verify-steps = What was checked
verify-trust-note = Trusted here: { $issuers }. Their keys were fetched on { $day }.
step-passed = Passed:
step-failed = Failed:
step-not-checked = Not checked:
step-warning = Note:
step-undetermined = Not known:
facts-holder = Holder
facts-holder-hidden = not shown on this badge
facts-credential = Credential
facts-issuer = Issuer
facts-number = Certificate number
facts-from = Valid from
facts-until = Valid until
facts-cpd = CPD credits
facts-form = Form of the file
form-json = Signed file (JSON)
form-jwt = Token for wallets (JWT)
lookup-title = With name and number
lookup-name = Holder’s last name
lookup-number = Certificate number
lookup-number-hint = As printed on the certificate, such as CAISP-XXXX-XXXX-XXXX-X.
lookup-submit = Look up
lookup-name-missing = Type the holder’s last name; the only name if there is just one.
lookup-number-mistyped = The certificate number is mistyped. Compare it with the certificate.
lookup-none = No match. Name and number do not belong to a certificate of this issuer.
lookup-valid = This certificate is valid.
lookup-expired = This certificate has expired.
lookup-revoked = This certificate was revoked by its issuer.
lookup-suspended = This certificate is suspended by its issuer. It does not count now.

collect-title = Collect response files
collect-intro = Hand in the response files of a sitting: from sticks, mails or folders, one or hundreds at once. A file may be handed in any number of times; it counts once.
collect-label = Response files
collect-hint = Files whose names end in .invigil-response. Choose them or drop them here. What is not a response file is refused and changes nothing.
collect-table = Files handed in
collect-file = File
collect-outcome = What became of it
collect-lines = Entries held
collect-progress = Files dealt with
collect-summary = { $taken } of { $all } files are in, { $refused } were refused{ $apart ->
    [0] .
    [one] , { $apart } differs from what is held and was kept apart.
   *[other] , { $apart } differ from what is held and were kept apart.
}
collect-away = { $files } files were not sent: the server cannot be reached.
collect-again = Send the rest again
collect-save = Save the acknowledgements
collect-waiting = Waits
collect-sending = Is being sent
collect-not-sent = Not sent
collect-taken = Taken.
collect-known = Was in already.
collect-older = An older export: more is in already.
collect-fork = Differs from what is held; kept apart for a person to decide.
collect-refused = Refused: { $reason }.
collect-too-long = it is longer than any response file
collect-unreadable = it cannot be read; choose it again

rehearsal-label = Rehearsal
rehearsal-mark = Rehearsal: nothing of this counts, and nothing of it is sent.
try-out-title = Days before your exam
try-out = See whether this computer will do, and how the exam works: a rehearsal with fifteen questions takes about thirty minutes.
try-out-go = Try this computer out
interrupted-title = A rehearsal is not finished
interrupted = It was left before its end on this computer. For your exam you need not do anything about it: just type your code.
interrupted-go-on = Go on with the rehearsal
rehearsal-title = Rehearsal
rehearsal-what = Sit a small exam on this computer, in this browser, as you will sit yours. At the end you learn whether this computer is ready, and can save a report of it.
rehearsal-same = Everything goes as in the exam: codes, questions, breaks, handing in, receipt.
rehearsal-nothing-counts = It is not scored, and nothing of it is sent or kept afterwards.
rehearsal-any-time = You can stop at any time, and rehearse as often as you like.
rehearsal-package = Your exam’s package makes room for the rehearsal and is put back afterwards.
rehearsal-begin = Begin the rehearsal
rehearsal-discard = Stop, and throw the rehearsal away
rehearsal-codes-title = Codes for this rehearsal
rehearsal-codes = On the day you bring the admission code, and the proctor reads the release code out. Type both below, as you would then.
rehearsal-handed-in = Your answers are saved on this computer. In an exam they would now be sent, or wait until there is a network.
rehearsal-file = The response file is how an exam gets to the exam body from a computer without a network. Try whether this browser saves it; nobody needs the file of a rehearsal.
reload-ask = Load this page again now: it must come back to this question.
reload-now = Load this page again
reload-done = This page was loaded again, and came back.
proctor-title = You are the proctor, too
proctor-what = These are codes that a proctor may hand out during an exam. Try them if you like: the first three under “Codes from the proctor”, the challenge under “Check in with the proctor”.
proctor-network = If you can, switch the network off before you load this page again, and on again afterwards. It must make no difference.
to-report = That was all. Last, this page looks at what the rehearsal has shown of this computer.
to-report-go = To the report
stopped-lost-title = This browser did not keep the rehearsal
stopped-lost = What was saved on this computer is gone after the page was loaded again. An exam would be gone too. Leave private browsing, allow this site to store data, or use another browser or computer; then rehearse again.
report-measuring = Looking at this computer …
outcome-ready = This computer is ready
outcome-ready_with_notes = This computer is ready, with notes
outcome-not_ready = This computer is not ready as it is
report-good = Everything worked as it must in an exam, with a network and without. That holds for this browser on this computer: use both on the day.
report-reasons = What there is to know, and what to do about it. It is about this browser on this computer: another one may do better.
report-file = Save the report, and send it to your exam body if they ask for it. It names nobody and holds no answers.
report-back = Back to the receipt and the response file
report-save = Save the report
report-figures = Everything that is in the report
report-finish-what = Save the report first if you want to have it. Then nothing of the rehearsal is left on this computer.
report-finish = Finish the rehearsal
reason-storage_failed = No answer could be saved. Leave private browsing and allow this site to store data, or use another browser or computer.
reason-no_room = There is too little room to save an exam. Make room on this computer’s disk, then rehearse again.
reason-reload_lost = After the page was loaded again, something was missing. Use another browser or computer, and rehearse there.
reason-not_handed_in = The rehearsal was not handed in. Go through it once to the end.
reason-unreachable = The exam server does not answer, and this page does not open without it. Check the network, then rehearse again.
reason-not_persistent = The browser may clear what is saved if the disk runs full. That is rare. Installing this page as an app, or adding it to the bookmarks, helps in some browsers.
reason-little_room = There is little room left. Make some on this computer’s disk before the exam.
reason-slow_storage = Saving takes long here. Close other programs and pages during the exam.
reason-software_key = This browser keeps the exam’s key where the owner of this computer could copy it. You need not do anything; a newer browser does better.
reason-reload_not_tried = The page was not loaded again during the rehearsal, so it is not known whether an exam would come back. Rehearse again and try it.
reason-no_response_file = The response file was not saved, which is how an exam leaves a computer without a network. If your exam has no network, rehearse again and try it.
reason-nothing_answered = No question was answered, so that saving an answer was not tried.
reason-not_offline_ready = This page does not open without a network. Your exam then needs one to begin here.
reason-no_server = The exam server did not answer just now. Without a network that is as it should be; otherwise check it.
reason-clock_off = This computer’s clock is more than two minutes off. The exam does not rely on it; set it right all the same.
reason-second_screen = There is more than one screen. That will be noted in an exam; ask the exam body whether it is allowed.
reason-no_fullscreen = This page cannot fill the screen. That matters only if your exam body asks for it.

practice-page-title = Practise – Invigil
practice-title = Practise
practice-link = Answer public questions, one at a time, and read at once what is right and why. They are never used in an exam.
practice-link-go = Go to the practice questions
practice-intro = { $total } public questions to study with. They are never used in an exam. Answer one, have it checked, and read what is right and why.
practice-here-only = What you answer is kept in this browser only, and sent to nobody. Nothing here counts for an exam. The page opens without a network, too.
practice-count = { $tried } of { $total } tried: { $right } right, { $wrong } wrong.
practice-row = { $n }. { $topic }
practice-state-open = Not tried
practice-state-right = Right
practice-state-wrong = Wrong
practice-state-unjudged = Not judged yet
practice-question = Question { $n } of { $total }: { $topic }
practice-all = All questions
practice-previous = Previous question
practice-next = Next question
practice-check = Check answer
practice-nothing = There is no answer to check yet. Answer the question first.
practice-right = Right.
practice-wrong = Wrong.
practice-unjudged = Compare your text with what people look for, and judge it yourself.
practice-why = What is right, and why
practice-key = Right answer
practice-yours = Your answer
practice-key-is = Right: { $text }
practice-yours-is = Your answer: { $text }
practice-yours-none = Your answer: none
practice-part-right = Right
practice-part-wrong = Wrong
practice-place = In your order: { $n }
practice-gap = Gap { $n }
practice-word-unused = Fills no gap
practice-criteria = What people look for
practice-points = { $n ->
    [one] One point
   *[other] { $n } points
}
practice-model = A full answer
practice-sources = Where it stands
practice-judge-right = My text says this
practice-judge-wrong = My text does not say this yet
practice-again = Try again
practice-over = Start over
practice-over-sure = Forget all your answers?
practice-over-what = What you answered here so far is removed from this browser. Nothing of an exam is touched.
practice-over-yes = Yes, start over
practice-over-no = No, keep them
practice-not-kept = This browser keeps nothing of this page: your answers are gone when you close it. A private window, or a full disk, may be why.
practice-to-exam = Sit your exam instead
practice-none = This server offers no practice questions.
practice-no-server = The practice questions are not on this computer yet, and the server cannot be reached. Check the network, then try again.
practice-newer = The practice questions need a newer version of this page. Open the first page once with a network, wait some seconds, open it again, then come back.
practice-unreadable = What came for the practice questions cannot be read. Check the network, then try again.
package-practice-set = This is a set of public practice questions, not the package of an exam. It is open under “Practise” on the first page; nothing needs to be loaded for that.

book-open = Open book
book-close = Close the book
book-search = Search the book
book-found = { $n ->
    [one] One entry
   *[other] { $n } entries
}
book-found-many = The first { $n } entries of more. Type another word to narrow it down.
book-found-none = No entry has this. Try another word, or a part of one.
book-section = { $title } ({ $n })
book-back = Back
book-also = Also: { $names }
book-see = See also
book-sources = Rests on: { $sources }
book-documents = Documents of this exam
book-looking = Looking for the open book…
book-not-here = The open book is not here yet. { $why } Stay connected until it is, or open its file (.invigil-open-book) on the first page.
ready-book-good = the open book is on this computer.
ready-book-note = the open book is not here yet. { $why } The exam can begin without it.
book-again = Look for the book again
book-missing = The book cannot be opened. { $why } Ask the proctor for its file, or try again. Your exam goes on without it.
book-away = It is not on this computer, and the server cannot be reached.
book-none = It is not on this computer, and the server does not have it: only the exam body can put it back there.
book-changed = What is there in its place is something else (SHA-256 { $digits }…): it was damaged or changed, or another page answered in place of the server.
book-newer = It is on this computer, and this page cannot read it: it was made for another version of the page. Open the page anew with a network.
book-too-long = The file of the open book is longer than { $mib } MiB, and no page reads that. Ask the exam body for the right one.
book-file-label = The book as a file
book-file-hint = The file (.invigil-open-book) from the exam body or the proctor. Choose it or drop it here.
book-taken-in = The open book is on this computer.
book-unreadable = The file of the open book is damaged, or of a version that this page does not know. Copy it again from where you have it.
book-other = This is the open book of another exam. Ask the exam body for the one that belongs to yours.
book-not-kept = This browser could not keep the open book. Open the exam’s package first, then the book again.
