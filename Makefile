# What each target does, step by step, is in slurm/dev/.
.PHONY: help demo test bench soak down clean
.NOTPARALLEL:

help:
	@echo 'make demo   build, start a small Slurm and the server, train the wine model, ask it for a prediction'
	@echo 'make test   every check and every test, on the same Slurm'
	@echo 'make bench  measure a release build'
	@echo 'make soak   kill servers under load, 500 times, and show that nothing was lost, doubled or left lying'
	@echo 'make down   stop the server and Slurm'
	@echo 'make clean  stop, and remove the build and all data'

demo test bench soak down clean:
	@slurm/dev/$@.sh
