;;; emacs.el --- Opens the files that are named, and prints what there is to see -*- lexical-binding: t -*-

(defun show (format &rest values)
  "Print VALUES by FORMAT on a line."
  (princ (concat (apply #'format format values) "\n")))

(defun wait-for (wanted)
  "Wait until WANTED returns something."
  (let ((end (+ (float-time) 20)))
    (while (not (or (funcall wanted) (> (float-time) end)))
      (accept-process-output nil 0.05))))

(dolist (file command-line-args-left)
  (find-file file)
  ;; Eglot starts after the command that opened the file; a batch has no commands.
  (run-hooks 'post-command-hook)
  (show "%s %s" (file-name-nondirectory file) major-mode)
  (when (derived-mode-p 'automations-mode)
    ;; A server per folder, which the command that starts it doesn't wait for.
    (wait-for #'eglot-managed-p)
    (flymake-start)
    (wait-for #'flymake-diagnostics)
    (dolist (each (flymake-diagnostics))
      (show "%d-%d %s" (flymake-diagnostic-beg each) (flymake-diagnostic-end each)
            (flymake-diagnostic-text each)))))
(setq command-line-args-left nil)
